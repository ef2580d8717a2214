import Testing

/// When a terminal is closed, for example because an ssh connection breaks, the program running in it ends within ten
/// seconds.
@Suite(.enabled(if: Site.canRun, "\(Site.reason)"), .timeLimit(.minutes(10)))
struct ClosedTerminalTests {
    @Test(arguments: [
        "events --replay $SITE/pipe", "etl --every 600 --file $SITE/pipe", "etl --every 600 --file $sample/Master.csv",
        "serve --listen unix:$SITE/socket",
    ])
    func `a command ends with its terminal`(command: String) async throws {
        let result = try await ended(command)
        #expect(result.output == "runs\nended\nstopped\n", "\(result.output)\(result.errors)")
    }

    @Test(arguments: ["events", "events --calls", "queue status --watch"])
    func `a command that follows a PBX ends with its terminal`(command: String) async throws {
        let pbx = try OddPBX(.none, at: "events")
        defer { pbx.stop() }
        let result = try await ended(
            command,
            "export CRM_VOIP_PBX_MAIN_AMI_HOST=127.0.0.1 CRM_VOIP_PBX_MAIN_AMI_PORT=\(pbx.port)"
                + " CRM_VOIP_PBX_MAIN_AMI_USERNAME=crm CRM_VOIP_PBX_MAIN_AMI_SECRET=x CRM_VOIP_CONFIG=/dev/null"
        )
        #expect(result.output == "runs\nended\nstopped\n", "\(result.output)\(result.errors)")
    }

    private func ended(_ command: String, _ settings: String = ":") async throws -> Program.Result {
        let site = try Site()
        return try await site.shell(
            """
            \(settings)
            crm-voip warehouse migrate >/dev/null; mkfifo "$SITE/pipe"; exec 3<>"$SITE/pipe"
            # The first process of the terminal's session, which the kernel sends SIGHUP.
            script -qec 'echo $$ >"$SITE/pid"; exec crm-voip \(command.replacing("$sample", with: "'$sample'"))' /dev/null \
                </dev/null >/dev/null 2>&1 3>&- & terminal=$!
            while ! test -s "$SITE/pid"; do sleep 0.1; done
            sleep 3; kill -0 $(cat "$SITE/pid") && echo runs
            kill -KILL $terminal
            timeout 10 tail --pid=$(cat "$SITE/pid") -f /dev/null && echo ended
            test -e "$SITE/data/postgresql/postmaster.pid" || echo stopped
            """
        )
    }
}
