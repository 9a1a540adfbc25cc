package lessons

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDefaultsAreValues(t *testing.T) {
	t.Parallel()
	for _, l := range All() {
		for _, s := range l.Settings {
			if got := l.Defaults().Texts()[s.Name]; got != s.Default {
				t.Errorf("%s: the value of %s is %q, its default %q", l.ID, s.Name, got, s.Default)
			}
			if s.Usage == "" {
				t.Errorf("%s: %s does not say what it sets", l.ID, s.Name)
			}
			if s.Default == "" {
				continue // it has no value until it is set
			}
			if _, err := l.Defaults().With(s.Name, s.Default); err != nil {
				t.Errorf("%s: the default of %s: %v", l.ID, s.Name, err)
			}
		}
	}
}

func TestWithLeavesTheValuesItChanges(t *testing.T) {
	t.Parallel()
	for _, l := range All() {
		before := l.Defaults().Texts()
		for _, s := range l.Settings {
			for _, text := range []string{"7777", "7777ms", "http://a.example"} {
				l.Defaults().With(s.Name, text)
			}
		}
		if diff := cmp.Diff(before, l.Defaults().Texts()); diff != "" {
			t.Errorf("%s: the defaults (-before +after):\n%s", l.ID, diff)
		}
	}
}

func TestBadValues(t *testing.T) {
	t.Parallel()
	const (
		duration = "write a number and a unit, such as 700ms or 1.5s"
		number   = "choose a number from 1 to 10000"
		fewer    = "choose at most 10000: the timelines of more do not fit into a small laptop"
		digits   = "write digits, such as 3 or 1000"
		commas   = "separate addresses by single commas"
		scheme   = "write it with its scheme, such as https://go.dev"
	)
	tests := []struct{ lesson, name, value, problem, next string }{
		{"tasks", "a", "2", "not a duration", duration},
		{"tasks", "a", "", "not a duration", duration},
		{"tasks", "a", "a: b; c", "not a duration", duration},
		{"tasks", "a", "-1s", "negative", "a duration is 0s or more"},
		{"tasks", "a", "61m", "over an hour", "choose a duration of 1h or less"},
		{"fetch", "pages", "0", "less than 1", number},
		{"fetch", "pages", "-3", "less than 1", number},
		{"fetch", "pages", "-99999999999999999999", "less than 1", number},
		{"fetch", "pages", "10001", "over 10000", fewer},
		{"fetch", "pages", "99999999999999999999", "over 10000", fewer},
		{"fetch", "limit", "1000001", "over 1000000", "choose a smaller number"},
		{"fetch", "limit", "0", "less than 1", "choose a number from 1 to 1000000"},
		{"fetch", "pages", "3.5", "not a whole number", digits},
		{"fetch", "pages", "1e3", "not a whole number", digits},
		{"fetch", "urls", "", "an address in the list is empty", commas},
		{"fetch", "urls", "https://a,,https://b", "an address in the list is empty", commas},
		{"fetch", "urls", "go.dev", `"go.dev" is not an address`, scheme},
		{"fetch", "urls", "ftp://a", `"ftp://a" is not an address`, scheme},
		{"fetch", "urls", "http://a/\u009b31m", `"http://a/\u009b31m" is not an address`, scheme},
		{"fetch", "urls", "http://:80/", `"http://:80/" is not an address`, scheme},
		{"fetch", "urls", "http://a:0/", `"http://a:0/" is not an address`, scheme},
		{"fetch", "urls", "http://a:65536/", `"http://a:65536/" is not an address`, scheme},
		{"fetch", "urls", "http://a/?b c", `"http://a/?xxxxx" is not an address`, scheme},
		{"fetch", "urls", "http://a/" + strings.Repeat("b", 1000), "an address is over 1000 characters", "choose a shorter one"},
	}
	for _, tt := range tests {
		l, err := Find(tt.lesson)
		if err != nil {
			t.Fatal(err)
		}
		_, err = l.Defaults().With(tt.name, tt.value)
		var got *ValueError
		if !errors.As(err, &got) {
			t.Errorf("%s %s=%s: error %v", tt.lesson, tt.name, tt.value, err)
			continue
		}
		want := &ValueError{Setting: tt.name, Value: ConcealAddresses(tt.value), Problem: tt.problem, Next: tt.next}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s %s=%s (-want +got):\n%s", tt.lesson, tt.name, tt.value, diff)
		}
	}
}

// What Texts gives, With takes: so a child gets the values of its parent.
func FuzzWith(f *testing.F) {
	f.Add("1.5s")
	f.Add("42")
	f.Add("https://go.dev,http://127.0.0.1:80/x")
	f.Fuzz(func(t *testing.T, text string) {
		for _, l := range All() {
			for _, s := range l.Settings {
				v, err := l.Defaults().With(s.Name, text)
				if err != nil {
					continue
				}
				again, err := l.Defaults().With(s.Name, v.Texts()[s.Name])
				if err != nil {
					t.Fatalf("%s=%q is written as %q, which is refused: %v", s.Name, text, v.Texts()[s.Name], err)
				}
				if diff := cmp.Diff(v.Texts(), again.Texts()); diff != "" {
					t.Fatalf("%s=%q (-once +again):\n%s", s.Name, text, diff)
				}
			}
		}
	})
}

// A password in an address is for the run, and is in nothing that is shown or
// kept. What is shown can be given again: it stands for what it was.
func TestPasswordsInAddresses(t *testing.T) {
	t.Parallel()
	l, err := Find("fetch")
	if err != nil {
		t.Fatal(err)
	}
	for given, shown := range map[string]string{
		"http://anna:s3cret@a/":                    "http://xxxxx@a/",
		"https://t0ken@a.example/x?y#z":            "https://xxxxx@a.example/x?xxxxx",
		"http://a/x?token=s3cret,http://b/#s3cret": "http://a/x?xxxxx,http://b/#xxxxx",
		"http://a/?":                              "http://a/?",
		"http://:s3cret@a":                        "http://xxxxx@a",
		"http://anna:s3%40cr%2Fet@a:8080/@anna":   "http://xxxxx@a:8080/@anna",
		"http://a:1/, http://anna:a@b/,http://b/": "http://a:1/,http://xxxxx@b/,http://b/",
		"http://a/@anna:x":                        "http://a/@anna:x",
		"http://anna:one@a/,http://anna:two@a/":   "http://xxxxx@a/,http://xxxxx@a/",
	} {
		v, err := l.Defaults().With("urls", given)
		if err != nil {
			t.Errorf("%s: %v", given, err)
			continue
		}
		whole := strings.ReplaceAll(given, " ", "")
		again, err := v.With("urls", shown)
		if err != nil {
			t.Errorf("%s: %v", shown, err)
		}
		for _, v := range []Values{v, again} {
			if got := v.Secret()["urls"]; got != whole {
				t.Errorf("the run gets %q, want %q", got, whole)
			}
			if got := v.Texts()["urls"]; got != shown {
				t.Errorf("%s is shown as %q, want %q", given, got, shown)
			}
			if got, want := v.String(), "pages=3 latency=400ms limit=10 urls="+shown; got != want {
				t.Errorf("%s: %q, want %q", given, got, want)
			}
		}
	}
}

// A lane is called by the end of an address, in which a secret may be cut.
func TestNoLaneIsCalledByASecret(t *testing.T) {
	t.Parallel()
	l, err := Find("fetch")
	if err != nil {
		t.Fatal(err)
	}
	long := strings.Repeat("s3cret", 50)
	for address, lanes := range map[string][]string{
		"http://a/page?token=s3cret":      {"page?token=s3cret"},
		"http://a/page?token=a/s3cret":    {"s3cret", "page?token=a/s3cret"},
		"http://a/page?token=s3cret/":     {"page?token=s3cret"},
		"http://anna:" + long + "@a/page": {("anna:" + long)[:200-len("http://")]},
		"http://a/page?" + long:           {("page?" + long)[:200-len("http://a/")], "page?" + long},
	} {
		v, err := l.Defaults().With("urls", address)
		if err != nil {
			t.Fatal(err)
		}
		for _, lane := range lanes {
			if got := v.Secrets().Conceal(lane); strings.Contains(got, "s3cret") || strings.Contains(got, "anna") {
				t.Errorf("%s: %q is shown as %q", address, lane, got)
			}
		}
	}
}

func TestAddressesInAnyText(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"see https://go.dev/dl":                               "see https://go.dev/dl",
		"is /tmp//x there?":                                   "is /tmp//x there?",
		`unknown command "http://a/?token=s3cret"`:            `unknown command "http://a/?xxxxx"`,
		`unknown command "http://u:s3cret@a/?token=s3\"cret"`: `unknown command "http://xxxxx@a/?xxxxx"`,
		"unknown flag: --urls=http://a/#s3 cret":              "unknown flag: --urls=http://a/#xxxxx",
	} {
		if got := ConcealAddresses(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestPasswordsInBadAddresses(t *testing.T) {
	t.Parallel()
	l, err := Find("fetch")
	if err != nil {
		t.Fatal(err)
	}
	for _, given := range []string{
		"anna:s3cret@a", "ftp://anna:s3cret@a/", "http://anna:s3/cret@a/,", "http://anna:s3,cret@a/", "http://anna:s3 cret@a/", "//anna:s3cret@",
	} {
		_, err := l.Defaults().With("urls", given)
		wrong, ok := errors.AsType[*ValueError](err)
		if !ok {
			t.Errorf("%s: error %v", given, err)
			continue
		}
		if told := wrong.Error() + wrong.Next; strings.Contains(told, "s3") || strings.Contains(told, "cret") {
			t.Errorf("%s: it says %q", given, told)
		}
	}
}
