package cloudformation

import (
	"fmt"
	"strings"

	"github.com/vpclint/vpclint/internal/resource"
	"github.com/vpclint/vpclint/internal/value"
)

// unread returns what stands for the resources of a stack that can't be followed, with the parameters that it is passed: to a
// VPC that is passed to it, it may add what isn't seen. False where all that the resource makes is seen, or it is passed
// nothing.
func (t *template) unread(d *declaration, in scope, exists value.Truth) (resource.Raw, bool) {
	module := strings.HasSuffix(d.typ, "::MODULE")
	if !makesStack(d.typ) && !module {
		return resource.Raw{}, false
	}
	passed := d.body.Get("Properties")
	if !module {
		passed = passed.Get("Parameters")
	}
	reason := fmt.Sprintf("the stack %s is made of a template that isn't in the tree", d.name)
	switch children := t.nested[d]; {
	case passed == nil || len(passed.Pairs)+len(passed.Items) == 0:
		return resource.Raw{}, false
	case module:
		// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/modules.html
		reason = fmt.Sprintf("%s is a module of CloudFormation's registry, which isn't in the tree", d.name)
	case len(children) > 0 && len(children) == len(t.doc.nested[d.written]):
		return resource.Raw{}, false
	case t.doc.unclear[d.written]:
		reason = fmt.Sprintf("the stack %s may be made of any of several templates of the tree", d.name)
	case len(children) > 0:
		reason = fmt.Sprintf("one of the templates of the stack %s isn't in the tree", d.name)
	case len(t.doc.nested[d.written]) > 0:
		reason = fmt.Sprintf("the stack %s is nested too deeply to be followed", d.name)
	}
	return resource.Raw{
		Dialect: resource.CloudFormation,
		Type:    "stack",
		Addr:    t.address(d.name + "/"),
		Subject: t.subject(d),
		Exists:  exists,
		Props:   t.eval(passed, in.under(d.key.Span)),
		Span:    d.key.Span,
		Via:     t.via(),
		Unread:  reason,
	}, true
}
