export { type Json as JobPayload } from "./json.ts";
export { type JobContext, type Task, afterFailure, backoffMs, errorText, task } from "./job.ts";
export { type JobLog, type Jobs, type JobsSettings, openJobs } from "./jobs.ts";
export { type ParkedJob, type WaitingTask, jobsMigrations, jobsRole } from "./job.store.ts";
