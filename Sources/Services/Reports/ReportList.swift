public import Base
public import Reporting

/// The available reports, in the order of their names.
public struct ReportList: ServiceResult {
    /// Their definitions.
    public let definitions: [ReportDefinition]
    /// Files of the user's that are no reports.
    public let broken: [ReportFailure]

    /// The array that `report --list --json` prints.
    public var json: JSON {
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
