import FoundationEssentials
import Testing

/// The backup and the restore described in docs/operations.md, word for word, into an empty server: a person who was
/// forgotten after the backup was made is forgotten again.
@Suite(.enabled(if: Site.canRun, "\(Site.reason)"), .timeLimit(.minutes(10)))
struct RestoreTests {
    /// The commands in the page's section: those of the backup, and those of the restore.
    private static func commands() throws -> (backup: String, restore: String) {
        let page = try String(contentsOfFile: "\(Program.root)/docs/operations.md", encoding: .utf8)
        let section = try #require(
            page.split(separator: "## Backing up and restoring\n").last?.split(separator: "\n## ").first
        )
        var blocks: [String] = [""]
        for line in section.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("    ") {
                blocks[blocks.count - 1] += line.dropFirst(4) + "\n"
            } else if blocks.last?.isEmpty == false {
                blocks.append("")
            }
        }
        try #require(blocks.count == 3 && blocks[0].contains("pg_dump") && blocks[1].contains("pg_restore"))
        return (blocks[0], blocks[1])
    }

    @Test func `a restored backup has all calls, and nobody who was forgotten`() async throws {
        let (backup, restore) = try Self.commands()
        let site = try Site()
        let number = "+79163530829"
        let steps = restore.replacing("/var/lib/crm-voip", with: "$SITE/new").replacing(
            "crm-voip warehouse migrate\n",
            with: "echo \"restored $(here) of $(all)\" >\"$SITE/restored\"; crm-voip warehouse migrate\n"
        )
        let result = try await site.shell(
            """
            set -e; export PATH="$(ls -d /usr/lib/postgresql/*/bin | tail -1):$PATH"; root="$PWD"; cd "$SITE"
            load() { (cd "$root" && crm-voip etl --file $sample/Master.csv --queue-log $sample/queue_log "$@"); }
            load --quiet
            here() { crm-voip calls --number '\(number)' --from 2000-01-01 --json | grep -c '"call_id"' || true; }
            all() { crm-voip calls --from 2000-01-01 --limit 100000 --json | grep -c '"call_id"'; }
            echo "there $(here) of $(all)"
            { \(backup.replacing("/var/lib/crm-voip", with: "$SITE/data")) } >/dev/null
            crm-voip warehouse forget '\(number)' >/dev/null; echo "forgotten $(here) of $(all)"
            # An empty server, with the list that lay beside the backup.
            mkdir "$SITE/new"; cp "$SITE/data/forgotten-numbers" "$SITE/new/"; export CRM_VOIP_DATA="$SITE/new"
            crm-voip warehouse migrate --keep >/dev/null
            psql --quiet --host "$SITE/new/run" --username voip_owner --command 'drop schema voip cascade' crm_voip 2>/dev/null
            { \(steps) } >/dev/null
            cat "$SITE/restored"; echo "again $(here) of $(all)"
            load --json | grep -E '"(inserted|updated)"' | tr -d ' ,' | sort -u
            echo "loaded $(here) of $(all)"; crm-voip warehouse stop
            """
        )
        #expect(
            result.output == """
                there 6 of 608
                forgotten 0 of 608
                restored 6 of 608
                again 0 of 608
                "inserted":0
                "updated":0
                loaded 0 of 608

                """,
            "\(result.errors)"
        )
    }
}
