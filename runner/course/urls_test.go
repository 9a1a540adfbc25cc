package course_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync/atomic"
	"testing"

	"gosyncio/lessons"
	"gosyncio/lessons/lessontest"
	"gosyncio/runner/export"
	"gosyncio/runner/plan"
	"gosyncio/runner/player"
)

// The learner's own addresses: what comes of each is one line, the same in
// both languages, with aiohttp and without. A password is used, and shown
// nowhere. Nobody is connected to whom the learner has not named.
func TestOwnAddressesComeToTheSameInBothLanguages(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it runs in real time")
	}
	needPython(t)
	var strangers atomic.Int32
	stranger := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		strangers.Add(1)
		io.WriteString(w, "a stranger's page")
	}))
	defer stranger.Close()
	const user, password, encoded = "anna", "s3cr:t/@%", "s3cr:t%2F%40%25"
	rows := ownAddresses(t, stranger.URL, user, password, encoded)
	var urls, want []string
	for _, row := range rows {
		urls = append(urls, row.url)
		state := "Failed "
		if strings.HasSuffix(row.want, " bytes") {
			state = "Fetched"
		}
		want = append(want, fmt.Sprintf("%s %s... %s", state, lessons.ConcealAddresses(row.url), row.want))
	}
	pythons := interpreters()
	needAiohttp(t, pythons)
	for _, python := range pythons {
		environ := append(os.Environ(), player.PythonVariable+"="+python.Executable,
			"HTTP_PROXY="+stranger.URL, "http_proxy="+stranger.URL, "HTTPS_PROXY="+stranger.URL, "ALL_PROXY="+stranger.URL, "NO_PROXY=", "no_proxy=")
		r := request(t, "fetch", []string{"sequential"}, []string{"urls=" + strings.Join(urls, ",")}, plan.Both)
		s := playedBy(t, player.New(environ), r, 1)[0]
		for _, run := range s.Runs {
			got := output(run)
			for i := range max(len(got), len(want)) {
				if i >= len(got) || i >= len(want) || got[i] != want[i] {
					t.Fatalf("%s, %v: %d lines, line %d is\n%s\nwant\n%s", python.Path, run.Job.Language, len(got), i+1, strings.Join(got[i:min(i+1, len(got))], ""), strings.Join(want[i:min(i+1, len(want))], ""))
				}
			}
		}
		var exported bytes.Buffer
		if err := export.JSON(&exported, s); err != nil {
			t.Fatal(err)
		}
		shown := exported.String() + r.Heading() + r.Caption() + fmt.Sprint(r.Values.Texts())
		quoted, _ := json.Marshal(password)
		for _, secret := range []string{user, password, encoded, "s3cr", string(quoted), "a=1", "plums", "#part"} {
			if strings.Contains(shown, secret) {
				t.Errorf("%s: %q is shown", python.Path, secret)
			}
		}
	}
	if n := strangers.Load(); n > 0 {
		t.Errorf("a server that nobody named had %d requests", n)
	}
}

type ownAddress struct{ url, want string }

// ownAddresses are addresses of servers on loopback, with what is to be said
// of each.
func ownAddresses(t *testing.T, stranger, user, password, encoded string) []ownAddress {
	t.Helper()
	pages := http.NewServeMux()
	pages.HandleFunc("/ten", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "0123456789") })
	pages.HandleFunc("/query", func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, r.URL.RawQuery) })
	pages.HandleFunc("/chunks", func(w http.ResponseWriter, _ *http.Request) {
		for range 3 {
			io.WriteString(w, "12345")
			w.(http.Flusher).Flush()
		}
	})
	pages.HandleFunc("/endless", func(w http.ResponseWriter, _ *http.Request) {
		for piece := make([]byte, 1<<20); ; {
			if _, err := w.Write(piece); err != nil {
				return
			}
		}
	})
	pages.HandleFunc("/long", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "10000000000")
		for piece := make([]byte, 1<<20); ; {
			if _, err := w.Write(piece); err != nil {
				return
			}
		}
	})
	pages.HandleFunc("/to/{code}", func(w http.ResponseWriter, r *http.Request) {
		code := map[string]int{"301": 301, "302": 302, "307": 307}[r.PathValue("code")]
		http.Redirect(w, r, stranger, code)
	})
	pages.HandleFunc("/nowhere", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusFound) })
	pages.HandleFunc("/empty", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	pages.HandleFunc("/private", func(w http.ResponseWriter, r *http.Request) {
		if u, p, ok := r.BasicAuth(); !ok || u != user || p != password {
			http.Error(w, "who are you?", http.StatusUnauthorized)
			return
		}
		io.WriteString(w, "welcome")
	})
	server := httptest.NewServer(pages)
	t.Cleanup(server.Close)
	host := strings.TrimPrefix(server.URL, "http://")

	tls := httptest.NewUnstartedServer(pages)
	tls.Config.ErrorLog = log.New(io.Discard, "", 0)
	tls.StartTLS()
	t.Cleanup(tls.Close)

	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed.Close()
	_, refused, _ := net.SplitHostPort(closed.Addr().String())

	return []ownAddress{
		{server.URL + "/ten", "10 bytes"},
		{strings.Replace(server.URL, "http:", "HTTP:", 1) + "/ten#part", "10 bytes"},
		{server.URL + "/query?a=1&b=2", "7 bytes"},
		{server.URL + "/query?b=two%20plums", "13 bytes"},
		{server.URL + "/chunks", "15 bytes"},
		{server.URL + "/endless", "over 100 MB, given up"},
		{server.URL + "/long", "over 100 MB, given up"},
		{server.URL, "404 Not Found"},
		{server.URL + "/nosuch", "404 Not Found"},
		{server.URL + "/empty", "204 No Content"},
		{server.URL + "/to/301", "301 Moved Permanently, not followed"},
		{server.URL + "/to/302", "302 Found, not followed"},
		{server.URL + "/to/307", "307 Temporary Redirect, not followed"},
		{server.URL + "/nowhere", "302 Found, not followed"},
		{server.URL + "/private", "401 Unauthorized"},
		{"http://" + user + ":" + encoded + "@" + host + "/private", "7 bytes"},
		{"http://" + user + ":" + encoded + "@" + host, "404 Not Found"}, // its lane is called by the host
		{"http://" + user + ":" + encoded + "@127.0.0.1:" + refused + "/", "no connection"},
		{"http://127.0.0.1:" + refused + "/", "no connection"},
		{"http://localhost:" + refused + "/", "no connection"}, // at two addresses, or one
		// No name is that long, so nobody is asked for it.
		{"http://" + strings.Repeat("a", 64) + ".example/", "unknown host"},
		{"https://" + strings.Repeat("a", 64) + ".example/", "unknown host"},
		{tls.URL + "/ten", "bad certificate"},
		{"https://" + host + "/ten", "no proper answer"},
		{"https://" + answering(t, "") + "/", "no proper answer"},
		{"http://" + answering(t, "") + "/", "no proper answer"},
		{"http://" + answering(t, "220 mail.example\r\n\r\n") + "/", "no proper answer"},
		{"http://" + answering(t, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n01234") + "/", "no proper answer"},
		{"http://" + answering(t, "HTTP/1.1 200 OK\r\n\r\n01234") + "/", "5 bytes"},
		{"http://" + answering(t, "HTTP/1.1 404\r\nContent-Length: 0\r\n\r\n") + "/", "404"},
		{"http://" + answering(t, "HTTP/1.1 500 \r\nContent-Length: 0\r\n\r\n") + "/", "500"},
		{"http://" + answering(t, "HTTP/1.1 299 as you like it\r\nContent-Length: 0\r\n\r\n") + "/", "299 as you like it"},
	}
}

// answering is a server that sends the same to everybody, whatever they
// say, and hangs up.
func answering(t *testing.T, answer string) (address string) {
	t.Helper()
	return lessontest.Listen(t, func(conn net.Conn) {
		conn.Read(make([]byte, 4096)) // what is left unread resets the connection
		io.WriteString(conn, answer)
	})
}
