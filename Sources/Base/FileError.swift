import Glibc
import SystemPackage

/// Why a file or folder cannot be used.
public struct FileError: CategorisedError, Hashable {
    /// What is wrong.
    public struct Code: ErrorCode {
        /// The code's name in logs.
        public let rawValue: String

        /// A code by its name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// Nothing has this name.
        public static let missing = Code(rawValue: "missing")
        /// Something already has this name.
        public static let exists = Code(rawValue: "exists")
        /// The system does not permit it.
        public static let notPermitted = Code(rawValue: "not-permitted")
        /// The name leads to a link, a device or a folder, or to somebody else's file, so it is not trusted.
        public static let notTrusted = Code(rawValue: "not-trusted")
        /// The disk or the quota is full.
        public static let full = Code(rawValue: "full")
        /// The file is larger than it may be.
        public static let tooLarge = Code(rawValue: "too-large")
        /// Another program has locked it.
        public static let busy = Code(rawValue: "busy")
        /// Any other error of the system.
        public static let other = Code(rawValue: "other")
    }

    /// What is wrong.
    public let code: Code
    /// The file or folder.
    public let path: String
    /// What is wrong in a few words, without the path: `No space left on device`.
    public let reason: String
    /// What happened, and to which file.
    public let description: String
    private let wasRead: Bool

    init(_ code: Code, _ verb: String, _ path: String, _ reason: String) {
        (self.code, self.path, self.reason) = (code, path, reason)
        wasRead = verb == "read"
        description = "Cannot \(verb) \(path): \(reason)."
    }

    /// The error that the system has just reported in `errno`.
    public init(_ verb: String, _ path: String, errno number: Int32) {
        let code: Code =
            switch Errno(rawValue: number) {
            case .noSuchFileOrDirectory, .notDirectory: .missing
            case .fileExists: .exists
            case .permissionDenied, .notPermitted, .readOnlyFileSystem: .notPermitted
            // O_NOFOLLOW met a link.
            case .tooManySymbolicLinkLevels: .notTrusted
            // A FIFO without a reader, opened for writing; or a socket.
            case .noSuchAddressOrDevice: .notTrusted
            case .noSpace, .diskQuotaExceeded: .full
            default: .other
            }
        let reason =
            switch code {
            case .notTrusted where number == ELOOP: "it is a symbolic link"
            case .notTrusted: "it is a socket, or a named pipe that nobody reads"
            case .exists: "it exists already"
            default: Errno(rawValue: number).description
            }
        self.init(code, verb, path, reason)
    }

    /// A full disk is temporary; everything else has to be fixed.
    public var category: ErrorCategory {
        switch code {
        // Something that never begins or never ends is not valid input either.
        case .missing where wasRead, .notTrusted where wasRead: .noInput
        case .full, .busy: .tryAgainLater
        default: .failed
        }
    }
}
