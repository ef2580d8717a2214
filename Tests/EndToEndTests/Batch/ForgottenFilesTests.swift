import Testing

/// A person who is forgotten is in no file of the program either; what it cannot change, it names.
@Suite(.enabled(if: Site.canRun, "\(Site.reason)"), .timeLimit(.minutes(10)))
struct ForgottenFilesTests {
    @Test func `rejects and logs are masked, and compressed logs are named`() async throws {
        let site = try Site()
        let audit = #"{"target":"PJSIP/101 to 0301234567@out","user":"Anna"}"#
        let result = try await site.shell(
            """
            export CRM_VOIP_ETL_REJECTS="$SITE/rejects.csv" CRM_VOIP_PBX_MAIN_DIAL_GUARD_AUDIT_LOG="$SITE/audit.log"
            export CRM_VOIP_CONFIG=/dev/null; cd "$SITE"
            crm-voip warehouse migrate >/dev/null
            printf '%s\\n' '"","+49301234567","Anna É","x"' '"","+49301234568","Boris","x"' >rejects.csv
            echo 'Master.csv:1: badTime: +49301234567 is no time' >rejects.csv.log
            printf '%s\\n' '\(audit)' >audit.log; cp audit.log audit.log.1
            printf '%s\\n' '\(audit)' | gzip >audit.log.2.gz; echo '{"target":"101"}' | gzip >audit.log.3.gz
            crm-voip warehouse forget +49301234567 --dry-run | grep -vE '^[a-z_]+: [0-9]+ rows'; cat rejects.csv
            crm-voip warehouse forget +49301234567 --json | grep -A2 -E 'lines|unchanged'
            cat rejects.csv rejects.csv.log audit.log audit.log.1
            """
        )
        #expect(
            result.output == """
                audit logs: 2 lines would be erased
                file of rejects: 1 records would be erased
                not changed, because it is compressed: \(site.folder)/audit.log.2.gz; remove it yourself
                "","+49301234567","Anna É","x"
                "","+49301234568","Boris","x"
                  "audit_lines": 2,
                  "reject_lines": 1,
                  "unchanged_files": [
                    "\(site.folder)/audit.log.2.gz"
                  ]
                "","+xxxxxxxxxxx","xxxx xx","x"
                "","+49301234568","Boris","x"
                Master.csv:1: badTime: +xxxxxxxxxxx is no time
                {"target":"PJSIP/101 to xxxxxxxxxx@out","user":"Anna"}
                {"target":"PJSIP/101 to xxxxxxxxxx@out","user":"Anna"}

                """,
            "\(result.errors)"
        )
    }
}
