/// A name that no zone of the system's tz database has.
public struct ZoneError: CategorisedError, Hashable {
    /// The name.
    public let name: String
    /// Where zones were looked for.
    public let directory: String

    init(name: String, directory: String) { (self.name, self.directory) = (name, directory) }

    /// The one thing that can be wrong.
    public var code: String { "unknown-zone" }
    /// A zone is part of the configuration.
    public var category: ErrorCategory { .configuration }

    /// A sentence that a user can act on.
    public var description: String {
        "Unknown time zone \(name): \(directory) has no such file. Use a name such as Europe/Berlin; the package tzdata"
            + " has them all."
    }
}
