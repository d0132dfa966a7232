package terraform

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/vpclint/vpclint/internal/tri"
	"github.com/vpclint/vpclint/internal/value"
)

// empty reports whether a planned value says what one that isn't written does.
func empty(v any) bool {
	switch v := v.(type) {
	case nil, notKnown:
		return true
	case bool:
		return !v
	case string:
		return v == ""
	case json.Number:
		return v == "0"
	case []any:
		return !slices.ContainsFunc(v, func(e any) bool { return !empty(e) })
	case map[string]any:
		for _, e := range v {
			if !empty(e) {
				return false
			}
		}
		return true
	}
	return false
}

// planHolds returns why a concrete value of a plan is not among those that an abstract one stands for; "" where it is.
func planHolds(v value.Value, theirs any) string {
	if _, unknown := theirs.(notKnown); unknown {
		return ""
	}
	if v.Encoded() {
		text, ok := theirs.(string)
		if !ok {
			return "ours is a text of JSON"
		}
		decoded, err := decodedJSON(text)
		if err != nil {
			return "theirs is no JSON"
		}
		return jsonHolds(v.Decoded(), decoded)
	}
	switch v.Kind() {
	case value.KindOpaque, value.KindSymbol:
		if v.NonEmpty().Known() == tri.True && (theirs == nil || theirs == "") {
			return "ours is never empty"
		}
		return ""
	case value.KindAbsent:
		if empty(theirs) {
			return ""
		}
		return "ours is null"
	case value.KindScalar, value.KindText:
		return scalarHolds(v, theirs)
	case value.KindChoice:
		if !slices.ContainsFunc(v.Arms(), func(a value.Arm) bool { return planHolds(a.Value, theirs) == "" }) {
			return "none of the arms is theirs"
		}
		return ""
	case value.KindList:
		return setHolds(v, theirs, planHolds)
	}
	return objectHolds(v, theirs, planHolds)
}

// jsonHolds is planHolds for what JSON spells: nothing is added to it, and its arrays have an order.
func jsonHolds(v value.Value, theirs any) string {
	switch v.Kind() {
	case value.KindChoice:
		if !slices.ContainsFunc(v.Arms(), func(a value.Arm) bool { return jsonHolds(a.Value, theirs) == "" }) {
			return "none of the arms is theirs"
		}
		return ""
	case value.KindAbsent:
		if theirs != nil {
			return "ours is null"
		}
		return ""
	case value.KindList:
		if v.Encoded() {
			return planHolds(v, theirs)
		}
		if list, ok := theirs.([]any); ok && !v.Open() && !v.Unordered() && !slices.ContainsFunc(v.Elems(), value.Value.MayBeMissing) {
			return sequenceHolds(v.Elems(), list, jsonHolds)
		}
		return setHolds(v, theirs, jsonHolds)
	case value.KindObject:
		if v.Encoded() {
			return planHolds(v, theirs)
		}
		object, _ := theirs.(map[string]any)
		for name := range object {
			if _, ok := v.Field(name); !ok && !v.Open() {
				return name + " is not among ours"
			}
		}
		return objectHolds(v, theirs, jsonHolds)
	}
	return planHolds(v, theirs)
}

// outputHolds compares an output, which like JSON has all its members and its order.
func outputHolds(v value.Value, theirs any) string {
	if _, unknown := theirs.(notKnown); unknown {
		return ""
	}
	return jsonHolds(v, theirs)
}

func decodedJSON(text string) (any, error) {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var decoded any
	err := d.Decode(&decoded)
	return decoded, err
}

func scalarHolds(v value.Value, theirs any) string {
	if one, ok := theirs.([]any); ok && len(one) == 1 { // IAM takes one for a list of one
		theirs = one[0]
	}
	if _, unknown := theirs.(notKnown); unknown {
		return ""
	}
	text := fmt.Sprint(theirs)
	if number, ok := theirs.(json.Number); ok {
		n, _ := value.NumberOf(number.String())
		text = string(n)
	}
	if theirs == nil {
		return "theirs is null"
	}
	if v.Is(text).Known() == tri.False && !sameJSON(v.Literal(), text) {
		return fmt.Sprintf("%s is not theirs", show(v))
	}
	return ""
}

// sameJSON reports whether two texts spell one JSON object: the provider spells policies its own way.
func sameJSON(a, b string) bool {
	if !strings.HasPrefix(strings.TrimSpace(a), "{") {
		return false
	}
	x, err := decodedJSON(a)
	y, other := decodedJSON(b)
	return err == nil && other == nil && reflect.DeepEqual(x, y)
}

func sequenceHolds(ours []value.Value, theirs []any, holds func(value.Value, any) string) string {
	if len(ours) != len(theirs) {
		return fmt.Sprintf("ours has %d elements, theirs %d", len(ours), len(theirs))
	}
	for i := range ours {
		if why := holds(ours[i], theirs[i]); why != "" {
			return fmt.Sprintf("[%d]: %s", i, why)
		}
	}
	return ""
}

// setHolds compares lists as sets, which most of the provider's are: in any order, and without repeats.
func setHolds(v value.Value, theirs any, holds func(value.Value, any) string) string {
	list, ok := theirs.([]any)
	if !ok && theirs != nil {
		list = []any{theirs}
	}
	if len(v.Elems()) < len(list) && !v.Open() {
		return fmt.Sprintf("ours has %d elements, theirs %d", len(v.Elems()), len(list))
	}
	for _, e := range v.Elems() {
		if !e.MayBeMissing() && !slices.ContainsFunc(list, func(c any) bool { return holds(e, c) == "" }) {
			return "none of theirs is " + show(e)
		}
	}
	for _, c := range list {
		if !v.Open() && !slices.ContainsFunc(v.Elems(), func(e value.Value) bool { return holds(e, c) == "" }) {
			return fmt.Sprintf("none of ours is %v", c)
		}
	}
	return ""
}

func objectHolds(v value.Value, theirs any, holds func(value.Value, any) string) string {
	object, ok := theirs.(map[string]any)
	if !ok && (theirs != nil || len(v.Fields()) > 0) {
		return "theirs is no object"
	}
	for _, f := range v.Fields() {
		if why := holds(f.Value, object[f.Name]); why != "" {
			return f.Name + ": " + why
		}
	}
	return ""
}
