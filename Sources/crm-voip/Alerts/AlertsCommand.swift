import ArgumentParser

/// Rules for alerts: who is told when something is wrong.
struct AlertsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alerts",
        abstract: "Tell people in time when callers wait too long or the PBX is in trouble.",
        discussion: """
            Rules are in `[alerts.rules.NAME]` of the configuration; `alerts init` prints some to begin with. `serve` evaluates \
            them while it runs, `alerts run` does so without a server.
            """,
        subcommands: [
            AlertsRun.self, AlertsInit.self, AlertsList.self, AlertsSilence.self, AlertsUnsilence.self,
            AlertsTest.self, AlertsSendTest.self,
        ]
    )
}
