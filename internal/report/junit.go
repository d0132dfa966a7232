package report

import (
	"encoding/xml"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/vpclint/vpclint/internal/finding"
)

// There is no standard of JUnit's reports. These keep to what Jenkins' xUnit plugin allows (junit-10.xsd), which is the
// strictest of their readers: no file and no line of a test case.
type junitReport struct {
	XMLName  xml.Name      `xml:"testsuites"`
	Name     string        `xml:"name,attr"`
	Tests    int           `xml:"tests,attr"`
	Failures int           `xml:"failures,attr"`
	Errors   int           `xml:"errors,attr"`
	Suites   []*junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Errors   int         `xml:"errors,attr"`
	Skipped  int         `xml:"skipped,attr"`
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	Name    string        `xml:"name,attr"`
	Class   string        `xml:"classname,attr"`
	Failure *junitOutcome `xml:"failure"`
	Skipped *junitOutcome `xml:"skipped"`
}

type junitOutcome struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr,omitempty"`
	Text    string `xml:",cdata"`
}

// JUnit writes the run as a report of tests: a suite for each file, a failure for each finding, a skipped test for each
// undecided verdict that is asked for. Of a clean run there is one test that passes, since readers take a report without tests
// for a failed job.
func JUnit(w io.Writer, run *Run, open Open) error {
	report := &junitReport{Name: toolName}
	suites := map[string]*junitSuite{}
	names := map[[2]string]int{}
	uris := pages(run)
	for _, f := range problems(run, open) {
		path := resolve(f.At).path()
		suite := suites[path]
		if suite == nil {
			suite = &junitSuite{Name: xmlText(Escape(path))}
			suites[path] = suite
			report.Suites = append(report.Suites, suite)
		}
		suite.add(testCase(f, names, open, uris[f.Rule]))
	}
	if len(report.Suites) == 0 {
		suite := &junitSuite{Name: toolName}
		suite.add(junitCase{Name: "no findings", Class: toolName})
		report.Suites = append(report.Suites, suite)
	}
	slices.SortStableFunc(report.Suites, func(a, b *junitSuite) int { return strings.Compare(a.Name, b.Name) })
	for _, suite := range report.Suites {
		report.Tests += suite.Tests
		report.Failures += suite.Failures
	}
	return writeXML(w, report)
}

func (s *junitSuite) add(c junitCase) {
	s.Cases = append(s.Cases, c)
	s.Tests++
	switch {
	case c.Failure != nil:
		s.Failures++
	case c.Skipped != nil:
		s.Skipped++
	}
}

// testCase returns the test case of a problem. Readers know a test by its class and name from one run to the next, whatever
// its suite, so that the name has the path and no line.
func testCase(f finding.Finding, names map[[2]string]int, open Open, uri string) junitCase {
	c := junitCase{Name: f.Subject, Class: toolName + "." + f.Rule}
	if f.Property != "" {
		c.Name += ": " + f.Property
	}
	if path := resolve(f.At).path(); f.Subject != path && !strings.HasPrefix(f.Subject, path+":") {
		c.Name += " (" + path + ")"
	}
	c.Name, c.Class = xmlText(Escape(c.Name)), xmlText(Escape(c.Class))
	names[[2]string{c.Class, c.Name}]++
	if n := names[[2]string{c.Class, c.Name}]; n > 1 {
		c.Name += " #" + strconv.Itoa(n)
	}
	lines := slices.Concat([]string{located(f)}, notes(f), help(f))
	if uri != "" {
		lines = append(lines, uri)
	}
	outcome := &junitOutcome{Message: xmlText(clause(f)), Text: xmlText(strings.Join(lines, "\n"))}
	switch {
	case f.Severity != unknown:
		outcome.Type = f.Severity.String()
		c.Failure = outcome
	case open == OpenFails:
		outcome.Type = "undecided"
		c.Failure = outcome
	default:
		c.Skipped = outcome
	}
	return c
}
