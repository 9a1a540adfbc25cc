package progress

import (
	"maps"
	"net/url"
	"strings"

	"gosyncio/runner/terminal"
)

// leftOut stands in the place of what is not kept.
const leftOut = "…"

// About reports whether p is a prediction of what a question asks for settings
// and a number of CPUs, as those are kept.
func (p Prediction) About(q Question, settings map[string]string, cpus int) bool {
	return p.Question == q.printable() && p.CPUs == cpus && maps.Equal(p.Settings, keptSettings(settings))
}

// keptSettings are settings as they are kept: what can be shown, and of
// addresses no more than where they lead. nil if there are none.
func keptSettings(settings map[string]string) map[string]string {
	if len(settings) == 0 {
		return nil
	}
	all := make(map[string]string, len(settings))
	for name, value := range settings {
		all[terminal.Printable(name)] = keptAddresses(terminal.Printable(value))
	}
	return all
}

// keptAddresses is a value of a setting, which may be a list of addresses, as
// it is kept. The user, the path and the query of an address may each hold a
// password or a token: its scheme and its host are what is left.
func keptAddresses(value string) string {
	if !strings.ContainsAny(value, "/@?") {
		return value
	}
	addresses := strings.Split(value, ",")
	for i, address := range addresses {
		addresses[i] = keptAddress(address)
	}
	return strings.Join(addresses, ",")
}

func keptAddress(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Host == "" || u.User == nil && strings.Contains(address, "@") {
		return leftOut // who knows where a password ends in it
	}
	kept := u.Scheme + "://" + u.Host
	if u.User != nil || strings.Trim(u.Path, "/")+u.RawQuery+u.Fragment != "" {
		kept += "/" + leftOut
	}
	return kept
}

// conceal leaves out what an older version has kept of addresses.
func (s *State) conceal() {
	for i := range s.Predictions {
		s.Predictions[i].Settings = keptSettings(s.Predictions[i].Settings)
	}
	for i := range s.Outcomes {
		s.Outcomes[i].Settings = keptSettings(s.Outcomes[i].Settings)
	}
	for i := range s.Runs {
		s.Runs[i].Settings = keptSettings(s.Runs[i].Settings)
	}
}
