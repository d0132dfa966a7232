package terraform

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
)

// standInAWS answers what nearly every public module asks of AWS while it is planned: who is asking, and which
// availability zones there are. Anything else is refused, and the module isn't planned.
func standInAWS(t *testing.T) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseForm(); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		w.Header().Set("Content-Type", "text/xml")
		switch r.Form.Get("Action") {
		case "GetCallerIdentity":
			fmt.Fprint(w, callerIdentity)
		case "DescribeAvailabilityZones":
			fmt.Fprint(w, zonesOf(r.Header.Get("Authorization")))
		default:
			http.Error(w, "<Response><Errors><Error><Code>UnsupportedOperation</Code><Message>offline</Message></Error></Errors></Response>", http.StatusBadRequest)
		}
	}))
	t.Cleanup(s.Close)
	return s
}

const callerIdentity = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>` +
	`<Arn>arn:aws:iam::111122223333:user/nobody</Arn><UserId>AIDANOBODY</UserId><Account>111122223333</Account>` +
	`</GetCallerIdentityResult><ResponseMetadata><RequestId>none</RequestId></ResponseMetadata></GetCallerIdentityResponse>`

// signedFor is the region in a request's signature.
var signedFor = regexp.MustCompile(`Credential=[^/]*/\d+/([a-z0-9-]+)/`)

func zonesOf(authorization string) string {
	region := "eu-west-1"
	if found := signedFor.FindStringSubmatch(authorization); found != nil {
		region = found[1]
	}
	var b strings.Builder
	b.WriteString(`<DescribeAvailabilityZonesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>none</requestId><availabilityZoneInfo>`)
	for i, letter := range []string{"a", "b", "c"} {
		fmt.Fprintf(&b, "<item><zoneName>%[1]s%[2]s</zoneName><zoneState>available</zoneState><regionName>%[1]s</regionName>"+
			"<zoneId>none-az%[3]d</zoneId><groupName>%[1]s</groupName><optInStatus>opt-in-not-required</optInStatus>"+
			"<zoneType>availability-zone</zoneType></item>", region, letter, i+1)
	}
	b.WriteString("</availabilityZoneInfo></DescribeAvailabilityZonesResponse>")
	return b.String()
}
