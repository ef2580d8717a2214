public import Base
public import Extract

/// The kinds and contents of files, in the order in which they were named.
public struct InspectResult: ServiceResult {
    /// A report for each file.
    public let files: [FileReport]

    /// The object that `inspect --json` prints.
    public var json: JSON { ["schema_version": 1, "files": .array(files.map(\.json))] }

    /// The error of the first file that could not be read to its end.
    public var failure: ExtractError? { files.lazy.compactMap(\.inspection.failure).first }
    /// Whether some records cannot be read.
    public var hasRejects: Bool { files.contains { $0.inspection.rejected > 0 } }
}
