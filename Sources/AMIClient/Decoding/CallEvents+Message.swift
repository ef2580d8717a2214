import AMI
import Switchboard

extension ChannelEnd {
    init?(_ message: Message) {
        guard let uniqueid = message.nonEmpty("Uniqueid") else { return nil }
        self.init(uniqueid: uniqueid, cause: message.integer("Cause"))
    }
}

extension Dial {
    init(_ message: Message) {
        self.init(
            caller: message.nonEmpty("Uniqueid"),
            called: message.nonEmpty("DestUniqueid"),
            callerLinkedid: message.nonEmpty("Linkedid"),
            calledLinkedid: message.nonEmpty("DestLinkedid")
        )
    }
}

extension BridgeMove {
    init?(_ message: Message) {
        guard let channel = ChannelSnapshot(of: message) else { return nil }
        let technology = message["BridgeTechnology"] ?? ""
        self.init(
            channel: channel,
            bridge: message.nonEmpty("BridgeUniqueid") ?? "",
            occupants: message.integer("BridgeNumChannels"),
            isHolding: technology.hasPrefix("holding") || message["BridgeType"] == "parking"
        )
    }
}

extension BlindTransfer {
    init(_ message: Message) {
        self.init(
            transferer: message.nonEmpty("TransfererUniqueid"),
            transferee: message.nonEmpty("TransfereeUniqueid"),
            exten: message["Extension"] ?? "",
            context: message["Context"] ?? "",
            result: message["Result"]
        )
    }
}

extension AttendedTransfer {
    init(_ message: Message) {
        let destination: Destination =
            switch message["DestType"] {
            case "App": .application(message["DestApp"] ?? "")
            case "Link": .link(message["LocalOneChannel"] ?? "", message["LocalTwoChannel"] ?? "")
            default: .bridge(message["DestBridgeUniqueid"] ?? "")
            }
        self.init(
            transferer: message.nonEmpty("OrigTransfererUniqueid") ?? message.nonEmpty("TransfererUniqueid"),
            secondTransferer: message.nonEmpty("SecondTransfererUniqueid"),
            transferee: message.nonEmpty("TransfereeUniqueid"),
            target: message.nonEmpty("TransferTargetUniqueid"),
            destination: destination,
            result: message["Result"]
        )
    }
}

extension ParkingEvent {
    init?(_ kind: Kind, _ message: Message) {
        guard let parkee = message.nonEmpty("ParkeeUniqueid") else { return nil }
        self.init(
            kind,
            parkee: parkee,
            space: message.nonEmpty("ParkingSpace") ?? "",
            lot: message.nonEmpty("Parkinglot") ?? "",
            retriever: message.nonEmpty("RetrieverUniqueid"),
            timeout: message.integer("ParkingTimeout")
        )
    }
}

extension OriginateResponse {
    init(_ message: Message) {
        self.init(
            orderID: message.nonEmpty("ActionID"),
            uniqueid: message.nonEmpty("Uniqueid"),
            channel: message.nonEmpty("Channel"),
            isAnswered: message["Response"]?.isSame(as: "Success") ?? false,
            reason: message.integer("Reason") ?? 0
        )
    }
}

extension MediaReport {
    init(_ message: Message) {
        self.init()
        channel = message["Channel"] ?? message["From"] ?? ""
        // Up to Asterisk 11, without the number of the report block.
        lost = message.number("Report0FractionLost") ?? message.number("FractionLost")
        jitter = message.number("Report0IAJitter") ?? message.number("IAJitter")
        source = message["Report0SourceSSRC"]
        roundTrip = message.number("RTT").map { .seconds($0) }
        experience = message.number("MES")
        stream = message["SSRC"]
        sentTime = message.number("SentNTP").map { .seconds($0) }
        sentTicks = message.number("SentRTP")
    }
}
