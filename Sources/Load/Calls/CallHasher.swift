import Base
import CallRecords

/// Distinguishes a changed call from an unchanged one. The customer's CRM contact is not included, because it changes
/// independently.
public struct CallHasher {
    private var scratch: [UInt8] = []

    /// A hasher without any calls yet.
    public init() {}

    mutating func hash(_ call: Call) -> Int64 {
        scratch.removeAll(keepingCapacity: true)
        let numbers: InlineArray<_, Int64> = [
            call.startedAt.wholeSeconds.littleEndian,
            (call.answeredAt?.wholeSeconds ?? .min).littleEndian,
            call.endedAt.wholeSeconds.littleEndian,
            Int64(call.talk).littleEndian,
            Int64(call.legs).littleEndian,
            (call.ring.map(Int64.init) ?? .min).littleEndian,
            (call.wait.map(Int64.init) ?? .min).littleEndian,
            Int64(call.queueVisits).littleEndian,
            Int64(call.transfers).littleEndian,
            (call.customerNumber.map { Int64($0.digits) } ?? .min).littleEndian,
        ]
        withUnsafeBytes(of: numbers) { scratch.append(contentsOf: $0) }
        append(call.linkedid)
        append(call.direction.rawValue)
        append(call.disposition.rawValue)
        append(call.waitSource?.rawValue)
        append(call.customer)
        append(call.did)
        append(call.extension)
        append(call.agent)
        append(call.queue)
        append(call.recordingfile)
        return scratch.withUnsafeBytes { Int64(bitPattern: Hash128($0).low) }
    }

    /// Preceded by its length; -1 for `nil`.
    private mutating func append(_ text: String?) {
        guard var text else { return append(length: -1) }
        text.withUTF8 { bytes in
            append(length: Int64(bytes.count))
            scratch.append(contentsOf: bytes)
        }
    }

    private mutating func append(length: Int64) {
        withUnsafeBytes(of: length.littleEndian) { scratch.append(contentsOf: $0) }
    }
}
