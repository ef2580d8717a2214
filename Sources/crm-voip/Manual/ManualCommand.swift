import ArgumentParser

/// Prints the manual page crm-voip(1). The installation calls it, so that the page always matches the program.
struct ManualCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual",
        abstract: "Print the manual page crm-voip(1).",
        shouldDisplay: false
    )

    func run() throws {
        try StandardOutput.write(ManualPage.text)
    }
}
