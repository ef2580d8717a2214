import Glibc
import Testing

private let hasUsers =
    ["postgres", "games", "nobody"].allSatisfy { (name: String) in getpwnam(name) != nil }
    && access("/usr/bin/setpriv", X_OK) == 0

/// A member of the service's group can read the service's warehouse, and can do nothing else to it; others can do
/// nothing. The service is `postgres`, its member `games`, a stranger `nobody`: users that exist wherever PostgreSQL is
/// installed.
@Suite(
    .enabled(if: geteuid() == 0, "only root can become three other users"),
    .enabled(if: Site.canRun, "\(Site.reason)"),
    .enabled(if: hasUsers, "the users or setpriv are not there"),
    .timeLimit(.minutes(10))
)
struct GroupReaderTests {
    /// A warehouse of the sample, in a folder of the service.
    private static let preparation = """
        install -d -o postgres -g postgres -m 0750 "$CRM_VOIP_DATA"
        service() { setpriv --reuid=postgres --regid=postgres --init-groups -- "$@"; }
        member() { setpriv --reuid=games --regid=games --groups="$(id -g postgres)" -- "$@"; }
        stranger() { setpriv --reuid=nobody --regid=nogroup --clear-groups -- "$@"; }
        socket="$CRM_VOIP_DATA/run/.s.PGSQL.5432"
        # Keeps the database running, as the service does.
        up() {
            setpriv --reuid=postgres --regid=postgres --init-groups -- crm-voip warehouse run --quiet & run=$!
            for _ in $(seq 200); do grep -qs ready "$CRM_VOIP_DATA/postgresql/postmaster.pid" && break; sleep 0.1; done
            sleep 1
        }
        down() { kill $run; wait $run; }
        service crm-voip etl --file $sample/Master.csv --queue-log $sample/queue_log --quiet || exit 99

        """

    private func shell(_ script: String) async throws -> Program.Result {
        try await Site().shell("set -u\n\(Self.preparation)\(script)")
    }

    @Test func `a member reads while the server runs`() async throws {
        let result = try await shell(
            """
            up
            crm-voip report queues --week 2026-W47 --format csv >"$SITE/root"
            member crm-voip report queues --week 2026-W47 --format csv >"$SITE/member" || echo "report $?"
            grep -c 'support' "$SITE/member"
            cmp "$SITE/root" "$SITE/member" && echo same
            member crm-voip calls --limit 1 --csv | wc -l
            member crm-voip warehouse status --json | grep -c '"kind"'
            member crm-voip warehouse check >/dev/null; echo "check $?"
            down
            """
        )
        #expect(result.output.split(separator: "\n") == ["1", "same", "2", "1", "check 0"])
    }

    @Test func `a user's own report reads as voip_reader`() async throws {
        let result = try await shell(
            """
            up
            mkdir "$SITE/reports"; chmod 755 "$SITE/reports"
            printf -- '-- title: Who\\n-- description: Who reads.\\n-- column: who text: The role.\\nselect current_user as who\\n' \
                >"$SITE/reports/who.sql"
            CRM_VOIP_REPORTS_DIRECTORY="$SITE/reports" member crm-voip report who --last-week --format csv
            down
            """
        )
        #expect(result.output.split(whereSeparator: \.isNewline) == ["who", "voip_reader"])
    }

    @Test func `a member cannot start the server, and is told who can`() async throws {
        let result = try await shell(
            """
            member crm-voip report queues --last-week; echo "$?"
            member crm-voip warehouse status; echo "$?"
            ls -A "$CRM_VOIP_DATA/run"
            """
        )
        #expect(result.output == "69\n69\n")
        #expect(result.errors.contains("is not running, and only the user postgres or root can start it"))
    }

    @Test(arguments: [
        "etl --file $sample/Master.csv", "warehouse migrate", "warehouse stop", "warehouse prune --older-than 1d",
        "warehouse forget +4930123456",
    ])
    func `a member changes nothing`(command: String) async throws {
        let result = try await shell(
            """
            up
            member crm-voip \(command); echo "$?"
            service crm-voip warehouse status --json | grep -c '"kind"'
            down
            """
        )
        #expect(result.output == "69\n1\n")
        #expect(result.errors.contains("belongs to another user"))
    }

    @Test func `a member logs in as the reader and as nobody else`() async throws {
        let result = try await shell(
            """
            up
            for role in voip_reader voip_owner crm_voip postgres; do
                member psql --host "$CRM_VOIP_DATA/run" --username $role --dbname crm_voip -Atqc 'select current_user' 2>&1 |
                    sed 's/.*FATAL:  //'
            done
            member psql --host "$CRM_VOIP_DATA/run" --username voip_reader --dbname crm_voip \
                -Atqc 'delete from voip.cdr' 2>&1
            service psql --host "$CRM_VOIP_DATA/run" --username voip_owner --dbname crm_voip -Atqc 'select current_user'
            psql --host "$CRM_VOIP_DATA/run" --username voip_owner --dbname crm_voip -Atqc 'select current_user'
            down
            """
        )
        #expect(
            result.output.split(separator: "\n") == [
                "voip_reader", "Peer authentication failed for user \"voip_owner\"",
                "Peer authentication failed for user \"crm_voip\"", "Peer authentication failed for user \"postgres\"",
                "ERROR:  permission denied for table cdr", "voip_owner", "voip_owner",
            ]
        )
    }

    @Test func `a stranger is told which group reads`() async throws {
        let result = try await shell(
            """
            up
            stranger crm-voip report queues --last-week; echo "$?"
            stranger psql --host "$CRM_VOIP_DATA/run" --username voip_reader --dbname crm_voip -Atqc 'select 1' 2>/dev/null
            down
            """
        )
        #expect(result.output == "69\n")
        #expect(result.errors.contains("only members of the group postgres may read it"))
    }

    @Test(arguments: ["0700", "0755", "0770"])
    func `a folder of another mode is closed to the group`(mode: String) async throws {
        let result = try await shell(
            """
            chmod \(mode) "$CRM_VOIP_DATA"
            up
            stat -c %a "$CRM_VOIP_DATA/run"
            member crm-voip report queues --last-week; echo "$?"
            down
            """
        )
        #expect(result.output == "700\n69\n")
        #expect(result.errors.contains("is closed to others"))
    }

    @Test func `logins written by somebody else stay, and give no access`() async throws {
        let result = try await shell(
            """
            echo 'local all all trust # ours' >"$CRM_VOIP_DATA/postgresql/pg_hba.conf"
            up
            stat -c %a "$CRM_VOIP_DATA/run"
            cat "$CRM_VOIP_DATA/postgresql/pg_hba.conf"
            down
            # A setting of one's own wins over that of crm-voip, and is seen by what the server says.
            echo 'local all all trust' >"$CRM_VOIP_DATA/postgresql/pg_hba.conf"
            echo 'local all all trust' >"$SITE/hba"; chmod 644 "$SITE/hba"
            echo "hba_file = '$SITE/hba'" >>"$CRM_VOIP_DATA/postgresql/postgresql.conf"
            up
            stat -c %a "$CRM_VOIP_DATA/run"
            down
            """
        )
        #expect(result.output == "700\nlocal all all trust # ours\n700\n")
    }

    @Test func `the server keeps running after the command while a member reads`() async throws {
        let result = try await shell(
            """
            up
            member psql --host "$CRM_VOIP_DATA/run" --username voip_reader --dbname crm_voip -Atqc 'select pg_sleep(4), 7' &
            reader=$!
            sleep 1
            down
            wait $reader
            service crm-voip warehouse status --quiet >/dev/null
            test -S "$socket" || echo stopped
            """
        )
        #expect(result.output == "|7\nstopped\n")
    }
}
