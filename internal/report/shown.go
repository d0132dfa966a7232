package report

// Shown returns a root-relative path as the text output shows it, relative to the working directory.
func Shown(run *Run, path string) string {
	m := pathmap{root: run.Root, workDir: run.WorkDir}
	return EscapeStart(m.show(path))
}
