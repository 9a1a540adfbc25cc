package progress

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestACorruptFileIsSetAside(t *testing.T) {
	whole, err := diligent().Encode()
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"empty":     "",
		"truncated": string(whole[:len(whole)/2]),
		"bytes":     "\x89PNG\r\n\x1a\n\x00",
		"too large": strings.Repeat(" ", maxSize+1),
		"unknown":   `{"version":1,"mood":"good"}`,
	} {
		for _, begin := range []string{"Load", "Update"} {
			t.Run(name+"/"+begin, func(t *testing.T) {
				store := newStore(t)
				put(t, store, text)
				var notice string
				var err error
				if begin == "Load" {
					_, notice, err = store.Load()
				} else {
					notice, err = store.Update(readPage(1))
				}
				if err != nil || !strings.Contains(notice, "progress.json.broken-") || strings.Contains(notice, "\n") {
					t.Errorf("%q %v", notice, err)
				}
				update(t, store, readPage(2))
				kept, err := filepath.Glob(store.path + ".broken-*")
				if err != nil || len(kept) != 1 {
					t.Fatal(kept, err)
				}
				if data, err := os.ReadFile(kept[0]); err != nil || string(data) != text {
					t.Errorf("what was set aside has changed: %v", err)
				}
				if load(t, store).Lessons["tasks"].Page != 2 {
					t.Error("it does not go on")
				}
			})
		}
	}
}

func TestFilesSetAsideDoNotReplaceEachOther(t *testing.T) {
	store := newStore(t)
	for i := range 3 {
		put(t, store, fmt.Sprintf("broken %d", i))
		if _, err := setAside(store.path, monday); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{"progress.json.broken-20260302T090000Z", "progress.json.broken-20260302T090000Z-2", "progress.json.broken-20260302T090000Z-3"}
	if diff := cmp.Diff(want, files(t, store)); diff != "" {
		t.Error(diff)
	}
}

func TestAFileFromANewerVersionIsNotTouched(t *testing.T) {
	const newer = `{"version":99,"lessons":"in another form"}`
	store := newStore(t)
	put(t, store, newer)
	_, notice, err := store.Load()
	wantError(t, err, "newer version")
	for page := range 3 {
		var updateNotice string
		updateNotice, err = store.Update(readPage(1 + page))
		wantError(t, err, "newer version")
		notice += updateNotice
	}
	s, _, err := store.Load()
	wantError(t, err, "newer version")
	if len(s.Lessons["tasks"].Read) != 3 {
		t.Error("what was done is forgotten")
	}
	if data, _ := os.ReadFile(store.path); string(data) != newer || notice != "" {
		t.Errorf("%s %s", data, notice)
	}
}
