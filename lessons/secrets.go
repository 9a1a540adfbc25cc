package lessons

import (
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
)

// concealed stands, wherever an address is shown, for its user and password and
// for its query: a token often stands in one of their places. (What is kept of
// one on the disk is less, see package progress.)
const concealed = "xxxxx"

// ConcealAddresses is text that may hold addresses, without what stands
// before the host of one or behind its path. Who knows where a password ends
// that was not written as it should be: all goes up to the last @ of the line,
// and behind a path up to the last quote, or the line's end.
func ConcealAddresses(text string) string {
	text = regexp.MustCompile(`//.*@`).ReplaceAllLiteralString(text, "//"+concealed+"@")
	return regexp.MustCompile(`(//[^\s?#]*[?#])(?:.*(")|.+)`).ReplaceAllString(text, "${1}"+concealed+"${2}")
}

// concealValue is a value that a setting does not take, without what may be
// a password, even if it is no address.
func concealValue(text string) string {
	if strings.Contains(text, "//") {
		return ConcealAddresses(text)
	}
	if i := strings.LastIndex(text, "@"); i >= 0 {
		text = concealed + text[i:]
	}
	if query := queryOf(text); query != "" {
		text = strings.TrimSuffix(text, query) + query[:1] + concealed
	}
	return text
}

// userOf is what stands before the host of an address, with its @; "" if
// nothing does.
func userOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.User == nil {
		return ""
	}
	_, rest, _ := strings.Cut(address, "//")
	if end := strings.IndexAny(rest, "/?#"); end >= 0 {
		rest = rest[:end]
	}
	return rest[:strings.LastIndex(rest, "@")+1]
}

// queryOf is what stands behind the path of an address, with its ? or #; ""
// if nothing does.
func queryOf(address string) string {
	if i := strings.IndexAny(address, "?#"); i >= 0 && i+1 < len(address) {
		return address[i:]
	}
	return ""
}

// Secrets are what must not be shown of values. The zero value is none.
type Secrets struct {
	lanes map[string]string // the names of lanes that are the end of an address, and what is shown for them
	parts [][2]string       // parts of addresses, each with what stands for it; the longest first, for one may begin another
}

// Secrets are the passwords and queries in the values.
func (v Values) Secrets() Secrets {
	found := Secrets{lanes: map[string]string{}}
	for _, s := range v.all() {
		if s.addresses == nil {
			continue
		}
		for _, address := range s.addresses() {
			if shown := concealAddress(address); shown != address {
				for _, lane := range laneNames(address) {
					found.lanes[lane] = path.Base(shown)
				}
			}
			found.parts = append(found.parts, secretsOf(address)...)
		}
	}
	slices.SortStableFunc(found.parts, func(a, b [2]string) int { return len(b[0]) - len(a[0]) })
	return found
}

// Conceal is text without the secrets.
func (s Secrets) Conceal(text string) string {
	if shown, ok := s.lanes[text]; ok {
		return shown
	}
	for _, part := range s.parts {
		text = strings.ReplaceAll(text, part[0], part[1])
	}
	return text
}

// secretsOf are what must not be shown of an address, each with what stands
// for it.
func secretsOf(address string) [][2]string {
	var secrets [][2]string
	if user := userOf(address); user != "" {
		secrets = append(secrets, [2]string{user, concealed + "@"})
	}
	if query := queryOf(address); query != "" {
		secrets = append(secrets, [2]string{query, query[:1] + concealed})
	}
	return secrets
}

// concealAddress is an address as it may be shown.
func concealAddress(address string) string {
	if query := queryOf(address); query != "" {
		address = strings.TrimSuffix(address, query) + query[:1] + concealed
	}
	if user := userOf(address); user != "" {
		return strings.Replace(address, "//"+user, "//"+concealed+"@", 1)
	}
	return address
}

// laneNames are what a lane is called in which the address is fetched, in Go
// and in Python: its last part.
func laneNames(address string) []string {
	const most = 200 // characters that Python's recorder looks at
	start := []rune(address)
	start = start[:min(len(start), most)]
	cut := strings.TrimRight(string(start), "/")
	return []string{path.Base(address), cut[strings.LastIndex(cut, "/")+1:]}
}
