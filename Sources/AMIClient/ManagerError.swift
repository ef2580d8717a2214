public import AMI
public import Base
import Switchboard

/// Why something was not done on the PBX, or is not known to have been done.
public struct ManagerError: CategorisedError {
    /// The kind of failure.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Value: String {
            case alreadyLoggedIn, configuration
            case connectFailed, tlsFailed, notAMI, authenticationFailed, timeout, lost, permissionDenied, unknownCommand
            case refused, outcomeUnknown, noSuchChannel, ambiguousChannel, invalid, dialGuard, limit, cancelled, file,
                full, inUse, noRecording, badRecording
        }
        private let value: Value

        /// No connection: refused, unreachable, unknown host, or closed before the greeting.
        public static let connectFailed = Self(value: .connectFailed)
        /// No TLS, or a certificate that cannot be trusted.
        public static let tlsFailed = Self(value: .tlsFailed)
        /// The server is not an Asterisk Manager, or violates the protocol.
        public static let notAMI = Self(value: .notAMI)
        /// The PBX refused the login. Further attempts would only lock the user out.
        public static let authenticationFailed = Self(value: .authenticationFailed)
        /// The AMI user is logged in already and may log in only once.
        public static let alreadyLoggedIn = Self(value: .alreadyLoggedIn)
        /// No answer in time to an action that changes nothing, or that was not sent.
        public static let timeout = Self(value: .timeout)
        /// The connection ended; no outcome is left open.
        public static let lost = Self(value: .lost)
        /// The AMI user has no right to do that.
        public static let permissionDenied = Self(value: .permissionDenied)
        /// This PBX does not have the action: its version is too old, or a module is not loaded.
        public static let unknownCommand = Self(value: .unknownCommand)
        /// The PBX refused.
        public static let refused = Self(value: .refused)
        /// The action was sent, but its answer or its effect was not seen: it may have been carried out.
        public static let outcomeUnknown = Self(value: .outcomeUnknown)
        /// No channel has this name.
        public static let noSuchChannel = Self(value: .noSuchChannel)
        /// Several channels match this name.
        public static let ambiguousChannel = Self(value: .ambiguousChannel)
        /// The request itself is wrong and was not sent.
        public static let invalid = Self(value: .invalid)
        /// The dial guard does not permit the call.
        public static let dialGuard = Self(value: .dialGuard)
        /// A list or queue exceeded its limit.
        public static let limit = Self(value: .limit)
        /// The caller gave up.
        public static let cancelled = Self(value: .cancelled)
        /// The configuration names something unusable, such as a file of certificates.
        public static let configuration = Self(value: .configuration)
        /// A state, audit or recording file cannot be used.
        public static let file = Self(value: .file)
        /// The disk is full.
        public static let full = Self(value: .full)
        /// The recording does not exist, or is not a file.
        public static let noRecording = Self(value: .noRecording)
        /// A recording is not AMI text.
        public static let badRecording = Self(value: .badRecording)
        /// Another program is doing the same work.
        public static let inUse = Self(value: .inUse)

        /// The code's own name.
        public var description: String { value.rawValue }
    }

    /// The kind of failure.
    public let code: Code
    /// A sentence that tells the user what to do.
    public let description: String
    /// The items of an incomplete list.
    public var partial: [Message]
    /// The ActionID of an action with an unknown outcome: an event may still reveal it.
    let actionID: String?

    /// A failure.
    public init(_ code: Code, _ description: String, partial: [Message] = []) {
        self.init(code, description, partial: partial, actionID: nil)
    }

    init(_ code: Code, _ description: String, partial: [Message] = [], actionID: String?) {
        self.code = code
        self.description = description
        self.partial = partial
        self.actionID = actionID
    }

    /// The kind of failure, by code.
    public var category: ErrorCategory {
        switch code {
        case .connectFailed, .tlsFailed, .notAMI, .timeout, .lost, .limit, .unknownCommand: .unavailable
        case .alreadyLoggedIn, .full: .tryAgainLater
        case .configuration: .configuration
        case .authenticationFailed, .permissionDenied, .dialGuard: .notPermitted
        case .outcomeUnknown: .outcomeUnknown
        case .inUse: .locked
        case .invalid, .ambiguousChannel: .usage
        case .noSuchChannel: .notFound
        case .refused: .refused
        case .noRecording: .noInput
        case .badRecording: .badData
        default: .failed
        }
    }
}

// Converts the errors of the protocol, and of files, to ours.
extension ManagerError {
    init(_ error: FileError) {
        self.init(error.category == .tryAgainLater ? .full : .file, error.description)
    }

    init(_ error: ProtocolError) {
        self.init(error.category == .usage ? .invalid : .notAMI, error.description)
    }

    init(_ failure: SessionFailure?, host: String, port: Int) {
        let peer = "\(host):\(port)"
        switch failure {
        case .bannerTimeout:
            self.init(
                .connectFailed,
                "\(peer) accepts connections but does not greet: the PBX is starting or stuck, or the port wants TLS."
            )
        case .closedBeforeBanner:
            self.init(
                .connectFailed,
                "\(peer) closed the connection without a greeting: it may want TLS, or allow no more sessions (authlimit)."
            )
        case .loginTimeout: self.init(.timeout, "\(peer) did not answer the login in time.")
        case .closedDuringLogin: self.init(.connectFailed, "\(peer) closed the connection during the login.")
        case .loginRefused(let words) where words.contains("shutting down"):
            // The secret was not the reason, so a later attempt makes sense.
            self.init(.connectFailed, "\(peer) is shutting down.")
        case .loginRefused("Login Already In Use"):
            self.init(
                .alreadyLoggedIn,
                "The AMI user is already logged in, and \(peer) lets it in only once (allowmultiplelogin = no)."
            )
        case .loginRefused(let words):
            self.init(
                .authenticationFailed,
                "The PBX refused the login (\(words.isEmpty ? "no reason given" : words)): the user, the secret or the user's permit/deny lines are wrong."
            )
        case .lost(_, announced: true): self.init(.lost, "The PBX shut down.")
        case .lost(insideMessage: true, _):
            self.init(.lost, "The connection to the PBX was cut in the middle of a message.")
        case .lost: self.init(.lost, "The connection to the PBX was closed.")
        case .unanswered: self.init(.lost, "The PBX no longer answers.")
        case .broken(let error) where error.code == .notAMI:
            self.init(.notAMI, "\(peer) sent something that is not AMI: \(error.description)")
        case .broken(let error): self.init(.lost, "The connection was abandoned. \(error.description)")
        case nil: self.init(.lost, "The connection to the PBX is closed.")
        }
    }

    init(_ failure: ActionFailure, of action: Action) {
        let isUndecided = failure.wasSent && action.effect == .changes
        let (name, id) = (action.name, failure.actionID)
        switch failure.reason {
        case .listTooLong:
            self.init(.limit, "The answer to \(action.name) is longer than the limit.", partial: failure.partial)
        case .tooManyWaiting: self.init(.limit, "Too many actions are waiting to be sent.")
        case .timedOut where isUndecided:
            let words = "\(name) was sent and not answered in time; it may have been done."
            self.init(.outcomeUnknown, words, actionID: id)
        case .lost where isUndecided:
            let words = "The connection was lost after \(name) was sent; it may have been done."
            self.init(.outcomeUnknown, words + Self.words(of: failure.ending), actionID: id)
        case .cancelled where isUndecided:
            self.init(.outcomeUnknown, "\(name) was sent, but its answer was not awaited; it may have been done.")
        case .cancelled: self.init(.cancelled, "\(name) was cancelled.")
        case .timedOut: self.init(.timeout, "\(name) was not answered in time.", partial: failure.partial)
        case .lost:
            let words = "The connection was lost before \(name) was answered."
            self.init(.lost, words + Self.words(of: failure.ending), partial: failure.partial)
        }
    }

    /// What the PBX sent to end the session, such as an overlong line, as a further sentence; empty for other reasons.
    private static func words(of ending: SessionFailure?) -> String {
        if case .broken(let error) = ending { " \(error.description)" } else { "" }
    }

    init(refusing action: Action, _ reply: Reply) {
        let words = reply.message
        if action.effect == .changes, !reply.isRefusal {
            self.init(
                .outcomeUnknown,
                "The PBX answered \(action.name) with neither success nor error; it may have been done. Check before you repeat it.",
                actionID: reply.response.actionID
            )
        } else if words == "Permission denied" {
            let classes = Privilege.classes(for: action.name) ?? []
            let need = classes.isEmpty ? "" : " (write=\(classes.joined(separator: " or write=")) is needed)"
            self.init(.permissionDenied, "The AMI user may not run \(action.name)\(need).")
        } else if words.hasPrefix("Invalid/unknown command") {
            self.init(.unknownCommand, "This PBX does not have the action \(action.name).")
        } else {
            self.init(.refused, "The PBX refused \(action.name): \(words.isEmpty ? "no reason given" : words)")
        }
    }

    /// This error where an order was accepted and the PBX went away before it showed what became of it: nobody knows whether
    /// it was carried out.
    func afterAcceptance(of what: String) -> ManagerError {
        guard category == .unavailable else { return self }
        return ManagerError(
            .outcomeUnknown,
            "\(what) was accepted, but the PBX did not confirm that it happened. \(description)"
        )
    }

    /// This error if some digits were played before it: the request was carried out in part, so it must not look as if it
    /// could be repeated.
    func afterDigits(_ played: Int, of count: Int) -> ManagerError {
        let code: Code = category == .unavailable ? .outcomeUnknown : self.code
        return ManagerError(code, "Only \(played) of \(count) digits were played. \(description)")
    }

    init(_ failure: ChannelResolver.Failure) {
        switch failure {
        case .notFound:
            self.init(.noSuchChannel, "No channel has that name or uniqueid, or a name that begins with it.")
        case .ambiguous(let names):
            self.init(
                .ambiguousChannel,
                "Several channels have names that begin with it: \(names.joined(separator: ", "))."
            )
        }
    }
}
