package class

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
)

// maxBody is how much a learner may send at once, in bytes.
const maxBody = 16 << 10

// What comes in. Nothing else is understood.
type (
	joining struct {
		Code string `json:"code"`
		Nick string `json:"nick"` // of who uses the program
	}
	ballotPaper struct {
		Question string `json:"question"`
		Round    int    `json:"round"`
		Answer   *int   `json:"answer"`
	}
	helpWanted struct {
		Wanted bool `json:"wanted"`
	}
)

// joined is what the program is told that has joined.
type joined struct {
	Token string `json:"token"`
	Nick  string `json:"nick"`
}

// A refusal is why something was not done, and its HTTP status.
type refusal struct {
	status int
	Error  string `json:"error"`
}

func refuse(status int, why string) *refusal { return &refusal{status, why} }

func (f *refusal) write(w http.ResponseWriter) { answer(w, f.status, f) }

// incoming is what a learner sent.
func incoming[T any](w http.ResponseWriter, r *http.Request) (sent T, refused *refusal) {
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return sent, refuse(http.StatusUnsupportedMediaType, "send JSON")
	}
	sent, err := decode[T](http.MaxBytesReader(w, r.Body, maxBody))
	if _, large := errors.AsType[*http.MaxBytesError](err); large {
		return sent, refuse(http.StatusRequestEntityTooLarge, "that is too large")
	}
	if err != nil {
		return sent, refuse(http.StatusBadRequest, "that is not understood")
	}
	return sent, nil
}

// decode reads one JSON object that has no unknown fields.
func decode[T any](body io.Reader) (sent T, err error) {
	d := json.NewDecoder(body)
	d.DisallowUnknownFields()
	if err := d.Decode(&sent); err != nil {
		return sent, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return sent, errors.New("there is more than one object")
	}
	return sent, nil
}
