/// A party hands a call over.
public enum TransferEvent: Sendable, Equatable {
    /// To an extension, without talking to it first.
    case blind(BlindTransfer)
    /// After talking to the new party.
    case attended(AttendedTransfer)
    /// Somebody took a call that rang elsewhere.
    case pickedUp(Pickup)
}

/// A transfer without a consultation.
public struct BlindTransfer: Sendable, Equatable {
    /// The uniqueid of the channel that transfers.
    public var transferer: String?
    /// The uniqueid of the channel that is transferred.
    public var transferee: String?
    /// The target extension.
    public var exten: String
    /// The context of that extension.
    public var context: String
    /// The PBX's word for the result; nil if it reports none.
    public var result: String?

    /// A transfer.
    public init(transferer: String?, transferee: String?, exten: String, context: String, result: String?) {
        self.transferer = transferer
        self.transferee = transferee
        self.exten = exten
        self.context = context
        self.result = result
    }

    /// Whether it succeeded, as far as the PBX reports.
    public var isSuccess: Bool { result.map { $0.lowercased() == "success" } ?? true }
}

/// A transfer with a consultation.
public struct AttendedTransfer: Sendable, Equatable {
    /// What the transferred party was connected to.
    public enum Destination: Sendable, Equatable {
        case bridge(String)
        case application(String)
        /// Two bridges were linked by a Local channel of these two halves.
        case link(String, String)
    }

    /// The uniqueid of the transferer's channel in the first call.
    public var transferer: String?
    /// The uniqueid of the transferer's channel in the consultation.
    public var secondTransferer: String?
    /// The uniqueid of the channel that is transferred.
    public var transferee: String?
    /// The uniqueid of the new party's channel.
    public var target: String?
    /// What the transferred party was connected to.
    public var destination: Destination
    /// The PBX's word for the result; nil if it reports none.
    public var result: String?

    /// A transfer.
    public init(
        transferer: String?,
        secondTransferer: String?,
        transferee: String?,
        target: String?,
        destination: Destination,
        result: String?
    ) {
        self.transferer = transferer
        self.secondTransferer = secondTransferer
        self.transferee = transferee
        self.target = target
        self.destination = destination
        self.result = result
    }

    /// Whether it succeeded, as far as the PBX reports.
    public var isSuccess: Bool { result.map { $0.lowercased() == "success" } ?? true }
}

/// A ringing call that somebody else took.
public struct Pickup: Sendable, Equatable {
    /// The uniqueid of the channel that takes the call.
    public var taker: String?
    /// The uniqueid of the channel that rang.
    public var target: String?

    /// A pickup.
    public init(taker: String?, target: String?) {
        (self.taker, self.target) = (taker, target)
    }
}
