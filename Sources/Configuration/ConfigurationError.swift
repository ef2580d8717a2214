public import Base

/// Why the configuration cannot be used, and where it says so.
///
/// `description` is one sentence a user can act on. It never holds a secret's value.
public struct ConfigurationError: CategorisedError, Equatable {
    /// What kind of fault it is.
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
        /// There is no such key.
        public static let unknownKey = Code(rawValue: "unknown_key")
        /// The key is there, and its value is not one it can have.
        public static let badValue = Code(rawValue: "bad_value")
        /// A secret lies where others can read it.
        public static let exposedSecret = Code(rawValue: "exposed_secret")
        /// Somebody else can change the file, so that it cannot be believed.
        public static let notTrusted = Code(rawValue: "not_trusted")
        /// There is no such PBX in the configuration.
        public static let unknownPBX = Code(rawValue: "unknown_pbx")
    }

    /// What kind of fault it is.
    public var code: Code
    /// One sentence, without the place.
    public var message: String
    /// Where the fault is; nil if it is not at a place, as with a missing file.
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
