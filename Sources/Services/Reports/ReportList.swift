public import Base
public import Reporting

/// The available reports, in order of name.
public struct ReportList: ServiceResult {
    /// Their definitions.
    public let definitions: [ReportDefinition]
    /// The user's files that are not valid reports.
    public let broken: [ReportFailure]

    /// The array that `report --list --json` prints.
    public var json: JSON {
        // Programs read English in every language.
        Language.$current.withValue(.english) {
            .array(
                definitions.map { definition in
                    [
                        "name": .string(definition.name), "title": .string(definition.title),
                        "description": .string(definition.description), "file": .string(definition.file),
                    ]
                }
            )
        }
    }
}
