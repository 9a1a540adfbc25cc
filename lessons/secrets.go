package lessons

import (
	"net/url"
	"regexp"
	"strings"
)

// concealed stands, wherever an address is shown or kept, for its user and
// password: a token often stands in the user's place.
const concealed = "xxxxx"

// ConcealAddresses is text that may hold addresses, without what stands
// before the host of one. Who knows where a password ends that was not written
// as it should be: all goes up to the last @ of the line.
func ConcealAddresses(text string) string {
	return regexp.MustCompile(`//.*@`).ReplaceAllLiteralString(text, "//"+concealed+"@")
}

// concealValue is a value that a setting does not take, without what may be
// a password, even if it is no address.
func concealValue(text string) string {
	if strings.Contains(text, "//") {
		return ConcealAddresses(text)
	}
	if i := strings.LastIndex(text, "@"); i >= 0 {
		return concealed + text[i:]
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

// concealUser is an address without what stands before its host.
func concealUser(address string) string {
	if user := userOf(address); user != "" {
		return strings.Replace(address, "//"+user, "//"+concealed+"@", 1)
	}
	return address
}
