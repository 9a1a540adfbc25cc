package class

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"html/template"
	"io"
	"log"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"

	"gosyncio/runner/export"
)

// What the page is made of.
var (
	//go:embed page/class.html
	pageHTML string
	//go:embed page/class.js
	pageJS string
	//go:embed page/class.css
	pageCSS string
)

// pageTemplate is the page, read when it is first asked for.
var pageTemplate = sync.OnceValue(func() *template.Template { return template.Must(template.New("page").Parse(pageHTML)) })

// sendLimit is how long a page may take to read what it is sent.
const sendLimit = 20 * time.Second

// newHTTP is the server of what learners may do. There is nothing in it that
// a presenter does, and nothing that reads a file.
func (s *Server) newHTTP(address net.Addr) *http.Server {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.index)
	mux.Handle("GET /class.js", asset("text/javascript", export.ViewJS+pageJS))
	mux.Handle("GET /class.css", asset("text/css", export.ViewCSS+pageCSS))
	mux.HandleFunc("POST /join", s.join)
	mux.HandleFunc("GET /events", s.learner(s.events))
	mux.HandleFunc("POST /vote", s.learner(takes(s.room.vote)))
	mux.HandleFunc("POST /report", s.learner(takes(s.room.report)))
	mux.HandleFunc("POST /help", s.learner(takes(func(l *learner, h helpWanted) *refusal { return s.room.help(l, h.Wanted) })))
	return &http.Server{
		Handler:           onlyHere(host(address), guarded(http.NewCrossOriginProtection().Handler(mux))),
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      sendLimit,
		IdleTimeout:       30 * time.Second,
		MaxHeaderBytes:    8 << 10,
		ConnState:         s.silent.state,
		ConnContext:       withConn,
		ErrorLog:          log.New(io.Discard, "", 0), // what strangers send is not the presenter's trouble
	}
}

func host(address net.Addr) string {
	host, _, _ := net.SplitHostPort(address.String())
	return host
}

// onlyHere refuses requests for another host: a page of somebody else's, whose
// name was made to point here, would be taken for ours by the browser. Such an
// attack needs a name, so every address of the machine will do.
func onlyHere(own string, h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := r.Host
		if host, _, err := net.SplitHostPort(name); err == nil {
			name = host
		}
		_, err := netip.ParseAddr(strings.Trim(name, "[]"))
		if err != nil && !strings.EqualFold(name, "localhost") && name != own {
			refuse(http.StatusMisdirectedRequest, "the class is not at this name").write(w)
			return
		}
		h.ServeHTTP(w, r)
	})
}

// guarded sets what keeps a browser from doing more than the page needs.
func guarded(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("X-Frame-Options", "DENY")
		header.Set("Referrer-Policy", "no-referrer")
		header.Set("Cross-Origin-Opener-Policy", "same-origin")
		header.Set("Cross-Origin-Resource-Policy", "same-origin")
		header.Set("Cache-Control", "no-store")
		h.ServeHTTP(w, r)
	})
}

func (s *Server) index(w http.ResponseWriter, r *http.Request) {
	var b bytes.Buffer
	if err := pageTemplate().Execute(&b, struct{ Title string }{s.room.title}); err != nil {
		panic(err) // it writes to memory
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Write(b.Bytes())
}

// asset is a file that the page needs.
func asset(kind, text string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", kind+"; charset=utf-8")
		io.WriteString(w, text)
	})
}

// cookie is the name of what a browser keeps the token in. Cookies are kept
// for a host, whatever its port, and there may be two classes at one.
func (s *Server) cookie() string {
	return "gosyncio_" + s.url[strings.LastIndexByte(s.url, ':')+1:]
}

// token is that of a learner: a browser has it in a cookie, the program sends it
// in a header.
func (s *Server) token(r *http.Request) string {
	if token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		return token
	}
	if c, err := r.Cookie(s.cookie()); err == nil {
		return c.Value
	}
	return ""
}

// learner has f called for somebody who has joined.
func (s *Server) learner(f func(http.ResponseWriter, *http.Request, *learner)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		l := s.room.known(s.token(r))
		switch {
		case l == nil:
			refuse(http.StatusUnauthorized, "join first").write(w)
		case !l.pace.Allow():
			refuse(http.StatusTooManyRequests, "that is too much at once").write(w)
		default:
			s.silent.known(connOf(r))
			f(w, r, l)
		}
	}
}

// connKey is where a request's context has its connection.
type connKey struct{}

func withConn(ctx context.Context, c net.Conn) context.Context {
	return context.WithValue(ctx, connKey{}, c)
}

func connOf(r *http.Request) net.Conn {
	c, _ := r.Context().Value(connKey{}).(net.Conn)
	return c
}

// takes reads what a learner sends, and has it done.
func takes[T any](do func(*learner, T) *refusal) func(http.ResponseWriter, *http.Request, *learner) {
	return func(w http.ResponseWriter, r *http.Request, l *learner) {
		sent, refused := incoming[T](w, r)
		if refused == nil {
			refused = do(l, sent)
		}
		if refused != nil {
			refused.write(w)
			return
		}
		w.WriteHeader(http.StatusNoContent)
	}
}

// join lets in who knows the code, and whoever is in already.
func (s *Server) join(w http.ResponseWriter, r *http.Request) {
	sent, refused := incoming[joining](w, r)
	if refused != nil {
		refused.write(w)
		return
	}
	if sent.Nick == "" && s.room.known(s.token(r)) != nil {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	nick := cleanNick(sent.Nick)
	if sent.Nick != "" && nick == "" {
		refuse(http.StatusBadRequest, "a nickname needs letters").write(w)
		return
	}
	from, _ := netip.ParseAddrPort(r.RemoteAddr)
	ok, limited := s.wrong.check(from.Addr(), sent.Code, s.code)
	switch {
	case limited:
		refuse(http.StatusTooManyRequests, "there were many wrong codes: wait a little and try again").write(w)
		return
	case !ok:
		refuse(http.StatusForbidden, "that is not the code").write(w)
		return
	}
	token, l, refused := s.room.join(nick)
	if refused != nil {
		refused.write(w)
		return
	}
	if nick != "" {
		answer(w, http.StatusOK, joined{token, s.room.own(l).Nick})
		return
	}
	http.SetCookie(w, &http.Cookie{Name: s.cookie(), Value: token, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode, MaxAge: 24 * 60 * 60})
	w.WriteHeader(http.StatusNoContent)
}

// events tells a learner what there is, from now on. Whatever is new while a
// slow page still reads is told together, as it is by then.
func (s *Server) events(w http.ResponseWriter, r *http.Request, l *learner) {
	if r.ContentLength != 0 { // it would be waited for in the end
		refuse(http.StatusBadRequest, "nothing is to be sent here").write(w)
		return
	}
	control := http.NewResponseController(w)
	if control.SetReadDeadline(time.Time{}) != nil {
		return
	}
	ctx, leave := s.room.enter(r.Context(), l)
	defer leave()
	w.Header().Set("Content-Type", "text/event-stream")
	told := teller{learner: l, room: s.room, runs: l.seat == nil}
	for {
		news, changed := s.hub.latest(l.number % groups)
		if texts := told.next(news); len(texts) > 0 {
			if control.SetWriteDeadline(time.Now().Add(sendLimit)) != nil {
				return
			}
			for _, text := range texts { // which all connections share
				if _, err := w.Write(text); err != nil {
					return
				}
			}
			if control.Flush() != nil {
				return
			}
		}
		if news.last {
			return
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return
		}
	}
}

// A teller knows what a connection has been told.
type teller struct {
	learner    *learner
	room       *room
	runs       bool // are told
	state, run int
	own        own
	begun      bool
}

// next is what is new since the last.
func (t *teller) next(n news) (texts [][]byte) {
	if own := t.room.own(t.learner); own != t.own || !t.begun {
		data, err := json.Marshal(own)
		if err != nil {
			panic(err)
		}
		t.own, texts = own, append(texts, encoded("own", data))
	}
	t.begun = true
	if n.state.version != t.state {
		t.state, texts = n.state.version, append(texts, n.state.bytes)
	}
	if n.run.version != t.run && t.runs {
		t.run, texts = n.run.version, append(texts, n.run.bytes)
	}
	return texts
}

// answer writes JSON.
func answer(w http.ResponseWriter, status int, v any) {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	w.Write(data)
}
