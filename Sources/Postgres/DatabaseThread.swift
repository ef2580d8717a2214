import Dispatch

/// A thread for calls that block until a database has answered, so that they hold no thread of the cooperative pool.
///
/// An actor that names it as its executor, and a task that prefers it, run on it, one job after the other.
public final class DatabaseThread: SerialExecutor, TaskExecutor {
    private let queue: DispatchQueue

    /// A thread that is called this in debuggers.
    public init(label: String = "crm-voip.database") { queue = DispatchQueue(label: label) }

    /// Runs a job when those before it are done.
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
