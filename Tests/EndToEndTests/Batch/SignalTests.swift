import Testing

/// SIGTERM as sent by systemd: the run ends in an orderly way, whatever it is doing.
@Suite(.enabled(if: Site.canRun, "\(Site.reason)"), .timeLimit(.minutes(10)))
struct SignalTests {
    /// The signal arrives while the run waits for a pipe, where no statement can be interrupted.
    @Test func `nothing is loaded, the server is stopped, and the next run loads everything`() async throws {
        let site = try Site()
        let result = try await site.shell(
            """
            mkfifo "$SITE/pipe"
            crm-voip etl --file "$SITE/pipe" & run=$!
            exec 3>"$SITE/pipe"
            cat $sample/Master.csv >&3
            kill -TERM $run; sleep 0.5; exec 3>&-
            wait $run; echo $?
            test -e "$SITE/data/postgresql/PG_VERSION"; echo $?
            test -e "$SITE/data/postgresql/postmaster.pid"; echo $?
            crm-voip warehouse status --json | grep -c '"exit_status": 1'
            crm-voip etl --file $sample/Master.csv --json
            """
        )
        let status = "143\n0\n1\n1\n"
        #expect(result.output.hasPrefix(status))
        #expect(result.errors == "")
        #expect(try RunOutput(String(result.output.dropFirst(status.count))).cdr?.inserted == 1931)
    }

    /// Nobody writes to the pipe, or nobody has even opened it: the waiting read is not the part that receives the
    /// request to end.
    @Test(arguments: ["TERM 143", "INT 130"], [false, true])
    func `a run that waits for a silent pipe ends immediately`(signal: String, hasWriter: Bool) async throws {
        let site = try Site()
        let words = signal.split(separator: " ")
        let result = try await site.shell(
            """
            crm-voip warehouse migrate >/dev/null
            mkfifo "$SITE/pipe"
            \(hasWriter ? "exec 3<>\"$SITE/pipe\"" : "")
            env --default-signal=INT crm-voip etl --file "$SITE/pipe" 3>&- & run=$!
            while ! test -e "$SITE/data/postgresql/postmaster.pid"; do sleep 0.1; done
            sleep 2; kill -\(words[0]) $run
            timeout 20 tail --pid=$run -f /dev/null; echo $?
            exec 3>&-; wait $run; echo $?
            test -e "$SITE/data/postgresql/postmaster.pid"; echo $?
            """
        )
        #expect(result.output == "0\n\(words[1])\n1\n")
        #expect(result.errors == (words[0] == "INT" ? "crm-voip: Interrupted; nothing was written.\n" : ""))
    }

    @Test func `a service ends between two runs`() async throws {
        let site = try Site()
        let result = try await site.shell(
            """
            crm-voip etl --every 600 --file $sample/Master.csv --json >"$SITE/result" & run=$!
            while ! grep -qs '^}' "$SITE/result"; do sleep 0.1; done
            kill -TERM $run; wait $run; echo $?
            test -e "$SITE/data/postgresql/postmaster.pid"; echo $?
            """
        )
        #expect(result.output == "143\n1\n" && result.errors == "")
    }

    /// A job that the shell starts in the background, as with `nohup`, is not affected by Ctrl-C.
    @Test func `a signal that the parent ignores stays ignored`() async throws {
        let site = try Site()
        let result = try await site.shell(
            """
            mkfifo "$SITE/pipe"
            (trap '' INT; exec crm-voip etl --file "$SITE/pipe" --json) & run=$!
            exec 3>"$SITE/pipe"
            kill -INT $run; sleep 0.5
            cat $sample/Master.csv >&3; exec 3>&-
            wait $run
            """
        )
        #expect(result.status == 0 && result.errors == "")
        #expect(try RunOutput(result.output).cdr?.inserted == 1931)
    }
}
