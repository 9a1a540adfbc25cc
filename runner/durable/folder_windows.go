package durable

// SyncFolder has nothing to do: atomic.ReplaceFile returns when the change
// is on the disk.
func SyncFolder(string) error { return nil }
