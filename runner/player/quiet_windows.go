package player

// StartQuietly does nothing: on Windows a program can't take another's place.
func StartQuietly() {}
