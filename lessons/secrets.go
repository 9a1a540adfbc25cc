package lessons

import (
	"net/url"
	"path"
	"regexp"
	"strings"
)

// concealed stands, wherever an address is shown or kept, for its user and
// password and for its query: a token often stands in one of their places.
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
