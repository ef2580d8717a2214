import ArgumentParser
import Base

/// Suggests the command that was probably meant.
enum UnknownCommand {
    /// `nil` if all commands on the line are known, and the error is elsewhere.
    static func message(_ arguments: [String]) -> String? {
        var commands =
            CRMVoIP.configuration.subcommands + CRMVoIP.configuration.groupedSubcommands.flatMap(\.subcommands)
        var path = "crm-voip"
        for word in arguments {
            guard !word.hasPrefix("-"), !commands.isEmpty else { return nil }
            if let next = commands.first(where: { $0._commandName == word }) {
                commands = next.configuration.subcommands
                path += " \(word)"
                continue
            }
            if word == "help" { return nil }
            let names = commands.filter { $0.configuration.shouldDisplay }.map { $0._commandName }
            let hint = Suggestion.nearest(to: word, among: names).map { "; did you mean \($0)?" } ?? "."
            return "Unknown command \(word)\(hint) `\(path) --help` lists the commands."
        }
        return nil
    }
}
