/// A name that matches no zone in the system's tz database.
public struct ZoneError: CategorisedError, Hashable {
    /// The name.
    public let name: String
    /// The folder in which the zone was looked for.
    public let directory: String

    init(name: String, directory: String) { (self.name, self.directory) = (name, directory) }

    /// The only possible error.
    public var code: String { "unknown-zone" }
    /// A zone is part of the configuration.
    public var category: ErrorCategory { .configuration }

    /// A sentence that tells the user what to do.
    public var description: String {
        "Unknown time zone \(name): \(directory) has no such file. Use a name such as Europe/Berlin; the package tzdata"
            + " has them all."
    }
}
