/** `npm run post`: the simulated post office on the ports where a demonstration looks for it. */
import { startPost } from "./post.ts";

const post = await startPost({ mailPort: 2525, webPort: 2526 });
process.stdout.write(
  `Simulated post office 模拟邮局\n  letters  ${post.origin}/\n  mail     smtp://127.0.0.1:${post.mailPort}\n  Ctrl-C ends it.\n`,
);
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void post.end().then(() => process.exit(0)));
}
