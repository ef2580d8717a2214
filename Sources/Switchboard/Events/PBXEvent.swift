/// Something that happened on a PBX, in words that no protocol owns.
///
/// A client decodes what its PBX sends once, at its edge, and everything behind it switches over this type: AMI feeds it today,
/// other protocols can. Values are typed and checked; a number that a PBX sends as something else is missing here, not wrong.
public enum PBXEvent: Sendable, Equatable {
    /// A channel came to be, changed or ended.
    case channel(ChannelEvent)
    /// One channel dials another.
    case dial(DialEvent)
    /// A channel entered or left a bridge.
    case bridge(BridgeEvent)
    /// A call was transferred, or a ringing one picked up.
    case transfer(TransferEvent)
    /// A call was parked, or its parking ended.
    case parking(ParkingEvent)
    /// A caller joined or left a queue.
    case queueCaller(QueueCallerEvent)
    /// A queue has a new member, another member less, or one who changed.
    case queueMember(QueueMemberEvent)
    /// A queue's caller and one of its members: ringing, connected, complete.
    case queueCall(QueueCallEvent)
    /// An ordered call was answered, or cannot be made.
    case originate(OriginateResponse)
    /// A phone, trunk or registration changed its state.
    case device(DeviceEvent)
    /// A report on a call's sound.
    case media(MediaReport)
    /// The PBX itself started, reloaded or stops.
    case system(SystemEvent)
    /// Anything else, by the name that its PBX gives it.
    case other(String)
}
