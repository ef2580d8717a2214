import ArgumentParser
import Base
import Configuration
import Reporting
import Services

/// Shell completions for values that the configuration knows. If it cannot be read, nothing is offered: completion has
/// no place for errors.
extension CompletionKind {
    /// The names of the reports, including the user's own.
    static var reportNames: CompletionKind {
        .custom { @Sendable (_: [String], _: Int, _: String) -> [String] in
            guard let settings, let list = try? ReportService(settings).list() else { return [] }
            return list.definitions.map(\.name)
        }
    }

    /// The names of the configured deliveries of reports.
    static var deliveryNames: CompletionKind {
        .custom { @Sendable (_: [String], _: Int, _: String) -> [String] in
            settings?.reportDeliveries.map(\.name) ?? []
        }
    }

    /// The names of the configured PBXs.
    static var pbxNames: CompletionKind {
        .custom { @Sendable (_: [String], _: Int, _: String) -> [String] in settings?.pbxNames ?? [] }
    }

    /// The queues in a warehouse whose database is running.
    static var queueNames: CompletionKind {
        .custom { @Sendable (_: [String], _: Int, _: String) -> [String] in
            settings.map { NameSuggestions($0).queues } ?? []
        }
    }

    /// The agents in a warehouse whose database is running.
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
