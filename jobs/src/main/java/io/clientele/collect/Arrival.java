package io.clientele.collect;

import io.clientele.lake.RawZone.RawFile;
import java.io.Serializable;
import java.time.LocalDate;

/** A file to collect: its source, and the business day of its delivery. */
record Arrival(String source, RawFile file, LocalDate deliveredOn, boolean isDated) implements Serializable {}
