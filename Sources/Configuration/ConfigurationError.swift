public import Base

/// Why the configuration cannot be used, and where the fault is.
///
/// `description` is one sentence that tells the user what to do. It never contains a secret's value.
public struct ConfigurationError: CategorisedError, Equatable {
    /// The kind of fault.
    public struct Code: ErrorCode {
        /// The code as text.
        public var rawValue: String

        /// Names a code; `ConfigurationError` itself uses only the static ones.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The named file is missing or cannot be read.
        public static let unreadable = Code(rawValue: "unreadable")
        /// The file is not TOML.
        public static let syntax = Code(rawValue: "syntax")
        /// The key does not exist.
        public static let unknownKey = Code(rawValue: "unknown_key")
        /// The key exists, but the value is not allowed for it.
        public static let badValue = Code(rawValue: "bad_value")
        /// A secret is stored where others can read it.
        public static let exposedSecret = Code(rawValue: "exposed_secret")
        /// Somebody else can change the file, so it is not trusted.
        public static let notTrusted = Code(rawValue: "not_trusted")
        /// The configuration has no such PBX.
        public static let unknownPBX = Code(rawValue: "unknown_pbx")
    }

    /// The kind of fault.
    public var code: Code
    /// One sentence, without the location.
    public var message: String
    /// Where the fault is; nil if it has no location, as with a missing file.
    public var origin: SettingOrigin?

    init(_ code: Code, _ message: String, at origin: SettingOrigin? = nil) {
        self.code = code
        self.message = message
        self.origin = origin
    }
}

extension ConfigurationError {
    /// Always the configuration's fault.
    public var category: ErrorCategory { .configuration }

    /// `FILE:LINE: sentence`, or `VARIABLE: sentence`.
    public var description: String {
        guard let origin else { return message }
        return "\(origin): \(message)"
    }
}
