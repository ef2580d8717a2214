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

        /// Nothing has that name.
        public static let missing = Code(rawValue: "missing")
        /// Something has that name already.
        public static let exists = Code(rawValue: "exists")
        /// The system does not permit it.
        public static let notPermitted = Code(rawValue: "not-permitted")
        /// What has that name is a link, a device or a folder, or belongs to somebody else, so that it is not trusted.
        public static let notTrusted = Code(rawValue: "not-trusted")
        /// The disk or the quota is full.
        public static let full = Code(rawValue: "full")
        /// It is larger than it may be.
        public static let tooLarge = Code(rawValue: "too-large")
        /// Another program has it locked.
        public static let busy = Code(rawValue: "busy")
        /// Any other answer of the system.
        public static let other = Code(rawValue: "other")
    }

    /// What is wrong.
    public let code: Code
    /// The file or folder.
    public let path: String
    /// What is wrong in a few words, without the path: `No space left on device`.
    public let reason: String
    /// What happened, and with which file.
    public let description: String
    private let wasRead: Bool

    init(_ code: Code, _ verb: String, _ path: String, _ reason: String) {
        (self.code, self.path, self.reason) = (code, path, reason)
        wasRead = verb == "read"
        description = "Cannot \(verb) \(path): \(reason)."
    }

    /// The error that the system just reported, from `errno`.
    public init(_ verb: String, _ path: String, errno number: Int32) {
        let code: Code =
            switch Errno(rawValue: number) {
            case .noSuchFileOrDirectory, .notDirectory: .missing
            case .fileExists: .exists
            case .permissionDenied, .notPermitted, .readOnlyFileSystem: .notPermitted
            // O_NOFOLLOW meets a link.
            case .tooManySymbolicLinkLevels: .notTrusted
            // A FIFO that nobody reads, opened for writing; a socket.
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

    /// A full disk passes; all else has to be mended.
    public var category: ErrorCategory {
        switch code {
        // What never ends or never begins is no input, either.
        case .missing where wasRead, .notTrusted where wasRead: .noInput
        case .full, .busy: .tryAgainLater
        default: .failed
        }
    }
}
