import Base
import Services

/// `/metrics`. A scrape reads known values and triggers no queries.
struct MetricsRoutes: Sendable {
    let model: LiveModel
    let requests: RequestCounters
    let streams: StreamCounters
    let callbacks: CallbackList
    let sampler: HealthSampler
    let warehouse: WarehouseWatch
    let alerts: AlertService
    let staffing: StaffingService
    private let started = Moment.now

    init(
        model: LiveModel,
        requests: RequestCounters,
        streams: StreamCounters,
        callbacks: CallbackList,
        sampler: HealthSampler,
        warehouse: WarehouseWatch,
        alerts: AlertService,
        staffing: StaffingService
    ) {
        (self.model, self.requests, self.streams) = (model, requests, streams)
        (self.callbacks, self.sampler, self.warehouse) = (callbacks, sampler, warehouse)
        (self.alerts, self.staffing) = (alerts, staffing)
    }

    func add(to router: inout Router) {
        router.on(.get, "/metrics", for: .role(.viewer, token: .metrics), "Metrics for Prometheus.") { exchange in
            let isOpen = exchange.request.headers["accept"]?.contains("application/openmetrics-text") ?? false
            let text = MetricsText(format: isOpen ? .openMetrics : .text).render(families())
            return Response(.ok, isOpen ? .openMetrics : .metrics, Array(text.utf8))
        }
    }

    private func families() -> [MetricFamily] {
        let now = Moment.now
        let (states, health) = (model.current, sampler.current)
        return server() + PBXMetrics(states: states, now: now).families + QueueMetrics(states: states).families
            + QueueTotalsMetrics(states: states).families + HealthMetrics(histories: health).families
            + TrunkMetrics(states: states, histories: health).families
            + WarehouseMetrics(warehouse.current, callbacks.current, now: now).families
            + AlertMetrics(alerts: alerts.current).families
            + StaffingMetrics(rules: staffing.current, totals: staffing.totals).families
            + DeliveryMetrics(receivers: alerts.receivers, now: now).families + ProcessMetrics.families
    }

    private func server() -> [MetricFamily] {
        var build = MetricFamily("crm_voip_build", .info, "The version of crm-voip.")
        build.add(1, [("version", Version.current)])
        var start = MetricFamily("crm_voip_start_time_seconds", .gauge, unit: "seconds", "When the server started.")
        start.add(Double(started.microseconds) / 1e6)
        var answered = MetricFamily("crm_voip_http_requests", .counter, "Requests that were answered, by route.")
        for (key, count) in requests.all {
            answered.add(
                Double(count),
                [("route", key.route), ("method", key.method), ("code", String(key.status))]
            )
        }
        var times = MetricFamily(
            "crm_voip_http_request_seconds",
            .histogram,
            unit: "seconds",
            "How long it took until a response was ready to be sent, by route."
        )
        for (route, histogram) in requests.times { times.add(histogram, [("route", route)]) }
        let counts = streams.current
        var open = MetricFamily("crm_voip_event_streams", .gauge, "Streams of events that are open.")
        open.add(Double(counts.open))
        var dropped = MetricFamily(
            "crm_voip_event_streams_dropped",
            .counter,
            "Streams that were ended because their client did not read."
        )
        dropped.add(Double(counts.dropped))
        var refused = MetricFamily(
            "crm_voip_event_streams_refused",
            .counter,
            "Streams that were refused because too many were open."
        )
        refused.add(Double(counts.refused))
        return [build, start, answered, times, open, dropped, refused]
    }
}
