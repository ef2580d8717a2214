import Base
import Glibc

/// Metrics of this process, with the names that all Prometheus clients use.
enum ProcessMetrics {
    static var families: [MetricFamily] {
        var families: [MetricFamily] = []
        var usage = rusage()
        if getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 {
            var cpu = MetricFamily("process_cpu_seconds", .counter, unit: "seconds", "Processor time that was used.")
            cpu.add(seconds(usage.ru_utime) + seconds(usage.ru_stime))
            families.append(cpu)
        }
        if let pages = residentPages {
            var memory = MetricFamily("process_resident_memory_bytes", .gauge, unit: "bytes", "Memory in use.")
            memory.add(Double(pages) * Double(sysconf(Int32(_SC_PAGESIZE))))
            families.append(memory)
        }
        return families
    }

    private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }

    /// The second number in `/proc/self/statm` (proc(5)).
    private static var residentPages: Int? {
        guard let file = try? SmallFile(path: "/proc/self/statm", takesStreams: true) else { return nil }
        let fields = String(decoding: file.bytes, as: UTF8.self).split(separator: " ")
        return fields.count > 1 ? Int(fields[1]) : nil
    }
}
