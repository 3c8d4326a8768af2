-- Plain SQL for SQLite and PostgreSQL alike. Numbers of rows are given by the program, under the lock of its transaction.

CREATE TABLE configuration (
  id INTEGER PRIMARY KEY,
  benchmark TEXT NOT NULL,
  mode TEXT NOT NULL,
  threads INTEGER NOT NULL,
  params TEXT NOT NULL,
  UNIQUE (benchmark, mode, threads, params)
);

-- Sections of the environment, such as os: most nights of a host share them.
CREATE TABLE environment (
  id INTEGER PRIMARY KEY,
  digest TEXT NOT NULL UNIQUE,
  section TEXT NOT NULL,
  facts TEXT NOT NULL
);

CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  run_key TEXT NOT NULL UNIQUE,
  content TEXT NOT NULL,
  source TEXT NOT NULL,
  host TEXT NOT NULL,
  labels TEXT NOT NULL,
  platform TEXT NOT NULL,
  started_ms BIGINT NOT NULL,
  added_ms BIGINT NOT NULL
);
CREATE INDEX run_of_host ON run (host, started_ms);

CREATE TABLE run_environment (
  run_id INTEGER NOT NULL REFERENCES run (id),
  environment_id INTEGER NOT NULL REFERENCES environment (id),
  PRIMARY KEY (run_id, environment_id)
);

CREATE TABLE series (
  id INTEGER PRIMARY KEY,
  host TEXT NOT NULL,
  labels TEXT NOT NULL,
  configuration_id INTEGER NOT NULL REFERENCES configuration (id),
  metric TEXT NOT NULL,
  unit TEXT NOT NULL,
  better TEXT NOT NULL,
  UNIQUE (host, labels, configuration_id, metric, unit)
);

-- How a configuration was measured, and what its forks said of themselves: texts that most nights share.
CREATE TABLE phrase (
  id INTEGER PRIMARY KEY,
  digest TEXT NOT NULL UNIQUE,
  content TEXT NOT NULL
);

-- One night of a series: value is NULL where no fork counts, and excluded says why.
CREATE TABLE point (
  series_id INTEGER NOT NULL REFERENCES series (id),
  run_id INTEGER NOT NULL REFERENCES run (id),
  started_ms BIGINT NOT NULL,
  settings_id INTEGER NOT NULL REFERENCES phrase (id),
  facts_id INTEGER NOT NULL REFERENCES phrase (id),
  value DOUBLE PRECISION,
  excluded TEXT NOT NULL,
  forks TEXT NOT NULL,
  secondary TEXT NOT NULL,
  PRIMARY KEY (run_id, series_id)
);
CREATE INDEX point_of_series ON point (series_id, started_ms, run_id, settings_id, value, excluded);

-- Changes that people know. at_ms is the start of the first night after the change.
CREATE TABLE accepted (
  series_id INTEGER NOT NULL REFERENCES series (id),
  kind TEXT NOT NULL,
  at_ms BIGINT NOT NULL,
  because TEXT NOT NULL,
  accepted_ms BIGINT NOT NULL,
  PRIMARY KEY (series_id, kind, at_ms)
);

-- Nights in which a host measured nothing. at_ms is when it was to begin.
CREATE TABLE absent (
  host TEXT NOT NULL,
  at_ms BIGINT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (host, at_ms)
);
