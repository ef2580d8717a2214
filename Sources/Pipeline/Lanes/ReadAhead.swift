import Dispatch

/// Reads the next value on a separate thread while the last one is being processed, so that the warehouse need not wait
/// for the file, nor the file for the warehouse.
final class ReadAhead<Value: Sendable> {
    private let channel: Channel<Result<Value, any Error>>
    private let work = Stopwatch()

    /// Begins to read.
    ///
    /// - Parameter body: passes on one value after another, as long as it is told that more are wanted. An error that
    ///   it throws is thrown where the values are taken, after the values before it.
    init(_ body: @escaping @Sendable (_ handOver: (Value) -> Bool) throws -> Void) {
        let channel = Channel<Result<Value, any Error>>()
        self.channel = channel
        let work = work
        DispatchQueue(label: "crm-voip.read-ahead").async {
            var begun = ContinuousClock.now
            do {
                try body { value in
                    work.add(begun.duration(to: .now))
                    defer { begun = .now }
                    return channel.send(.success(value))
                }
            } catch {
                _ = channel.send(.failure(error))
            }
            channel.close()
        }
    }

    deinit {
        // A reader that is blocked on a silent pipe notices this when something arrives.
        channel.close()
    }

    /// How long reading took, excluding the wait until values were taken.
    var busy: Duration { work.elapsed }

    /// The next value; `nil` after the last one.
    ///
    /// - Throws: any error of the body; `CancellationError`.
    func next() throws -> Value? { try channel.receive()?.get() }
}
