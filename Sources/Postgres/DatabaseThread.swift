import Dispatch

/// A thread for calls that block until a database has answered, so that they do not occupy a thread of the cooperative
/// pool.
///
/// Actors that use it as their executor, and tasks that prefer it, run on it, one job after another.
public final class DatabaseThread: SerialExecutor, TaskExecutor {
    private let queue: DispatchQueue

    /// A thread with this name in debuggers.
    public init(label: String = "crm-voip.database") { queue = DispatchQueue(label: label) }

    /// Runs a job when the previous ones are done.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async {
            job.runSynchronously(
                isolatedTo: self.asUnownedSerialExecutor(),
                taskExecutor: self.asUnownedTaskExecutor()
            )
        }
    }
}
