import ArgumentParser
import Base
import Configuration
import Reporting
import Services

/// What the shell offers for values that the configuration knows. A configuration that cannot be read offers nothing: a shell
/// that completes a word has no place for errors.
extension CompletionKind {
    /// The names of the reports, the user's own among them.
    static var reportNames: CompletionKind {
        .custom { @Sendable (_: [String], _: Int, _: String) -> [String] in
            guard let settings, let list = try? ReportService(settings).list() else { return [] }
            return list.definitions.map(\.name)
        }
    }

    /// The names of the configured PBXs.
    static var pbxNames: CompletionKind {
        .custom { @Sendable (_: [String], _: Int, _: String) -> [String] in settings?.pbxNames ?? [] }
    }

    /// The queues that a warehouse knows whose database runs.
    static var queueNames: CompletionKind {
        .custom { @Sendable (_: [String], _: Int, _: String) -> [String] in
            settings.map { NameSuggestions($0).queues } ?? []
        }
    }

    /// The agents that a warehouse knows whose database runs.
    static var agentNames: CompletionKind {
        .custom { @Sendable (_: [String], _: Int, _: String) -> [String] in
            settings.map { NameSuggestions($0).agents } ?? []
        }
    }

    /// The names of time zones.
    static var timeZones: CompletionKind {
        .custom { @Sendable (_: [String], _: Int, _: String) -> [String] in
            ["UTC"] + ZoneFiles.names(preferring: settings.flatMap { try? $0.pbx().region })
        }
    }

    private static var settings: Settings? { try? Settings.load(environment: ProcessEnvironment.current) }
}
