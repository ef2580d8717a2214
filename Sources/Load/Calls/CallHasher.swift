internal import Base
internal import CallRecords

/// Tells a changed call from the same one. Who the customer is in the CRM is not part of it: that changes by itself.
public struct CallHasher {
    private var scratch: [UInt8] = []

    /// Ready for the first call.
    public init() {}

    mutating func hash(_ call: Call) -> Int64 {
        scratch.removeAll(keepingCapacity: true)
        for moment in [call.startedAt, call.answeredAt, call.endedAt] { append(moment?.wholeSeconds ?? .min) }
        for number in [call.talk, Int32(call.legs)] { append(Int64(number)) }
        for number in [call.ring, call.wait, Int32(call.queueVisits), Int32(call.transfers)] {
            append(number.map(Int64.init) ?? .min)
        }
        append(call.customerNumber.map { Int64($0.digits) } ?? .min)
        let texts = [
            call.linkedid, call.direction.rawValue, call.disposition.rawValue, call.waitSource?.rawValue, call.customer,
            call.did, call.extension, call.agent, call.queue, call.recordingfile,
        ]
        for text in texts {
            append(Int64(text?.utf8.count ?? -1))
            if let text { scratch.append(contentsOf: text.utf8) }
        }
        return scratch.withUnsafeBytes { Int64(bitPattern: Hash128($0).low) }
    }

    private mutating func append(_ value: Int64) {
        withUnsafeBytes(of: value.littleEndian) { scratch.append(contentsOf: $0) }
    }
}
