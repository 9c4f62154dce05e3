/** How people come in, in a real browser: the first administrator, an authenticator app, a passkey, a session ended from afar. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TOTP } from 'otpauth';
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountTexts } from '../../client/i18n/sections/account.ts';
import { loginTexts } from '../../client/i18n/sections/login.ts';
import { userTexts } from '../../client/i18n/sections/users.ts';
import { zh } from '../../client/i18n/zh.ts';
import { axeViolations, hasBrowser, launchBrowser, watchPage } from './browser.ts';
import { type Caller, caller } from './people.ts';
import { type ServerUnderTest, startServer } from './server.ts';

const t = accountTexts.zh;
const password = 'seven brown ponds';
const stepMs = 30_000;

describe.runIf(hasBrowser)('S10 coming in, in a browser', () => {
  let dataDir: string;
  let server: ServerUnderTest;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let devtools: CDPSession;
  let troubles: string[];
  /** Passkeys want a name: `127.0.0.1` is none. */
  let origin: string;
  let totp: TOTP;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'jianmian-identity-'));
    server = await startServer({ dataDir, secondFactorRoles: 'leader,trace,auditor,admin' });
    origin = server.baseUrl.replace('127.0.0.1', 'localhost');
    browser = await launchBrowser();
    context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
    page = await context.newPage();
    troubles = watchPage(page, origin);
    devtools = await context.newCDPSession(page);
    await devtools.send('WebAuthn.enable');
    const options = {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    } as const;
    await devtools.send('WebAuthn.addVirtualAuthenticator', { options });
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    if (dataDir) await rm(dataDir, { recursive: true, force: true });
  });

  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const field = (name: string) => page.getByLabel(name, { exact: true });
  async function typeNameAndPassword(user: string, secret: string): Promise<void> {
    await field(zh.login.user).fill(user);
    await field(zh.login.password).fill(secret);
    await button(zh.login.submit).click();
  }
  async function prove(): Promise<void> {
    await page.getByRole('dialog').getByLabel(t.proof).fill(password);
    await button(t.go).click();
  }
  async function signOut(): Promise<void> {
    await button(zh.header.signOut).click();
    await button(zh.login.submit).waitFor();
  }
  /** A code is good once: the next one comes with the next half minute. */
  async function freshCode(): Promise<string> {
    const used = totp.counter();
    while (totp.counter() === used) await page.waitForTimeout(stepMs / 30);
    return totp.generate();
  }
  /** The same person over the interface. */
  async function own(): Promise<Caller> {
    const cookies = await context.cookies();
    return caller(server.baseUrl, {
      cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; '),
    });
  }

  it('S11 the first administrator chooses a password and enrols an app before anything else', async () => {
    const [, given] = /password\s+(\S+)/.exec(server.output())!;
    await page.goto(`${origin}/?motion=0`);
    await typeNameAndPassword('admin', given!);
    await page.getByText(t.setup.password).waitFor();
    await field(t.current).fill(given!);
    await field(t.next).fill('Password2026!');
    await field(t.again).fill('Password2026!');
    await button(t.change).click();
    await page.getByText(t.faults.common).waitFor();
    await field(t.next).fill(password);
    await field(t.again).fill(password);
    await button(t.change).click();

    await page.getByText(t.setup.secondFactor).waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await button(t.totp).click();
    await prove();
    await page.getByRole('img', { name: t.totpQr }).waitFor();
    totp = new TOTP({ secret: (await page.locator('code').textContent())!.replaceAll(' ', '') });
    await field(t.code).fill(totp.generate());
    await button(t.confirm).click();
    await page.getByText(t.recoveryTitle).waitFor();
    expect(await page.locator('ol code').allTextContents()).toHaveLength(10);
    await button(t.saved).click();
    await page.waitForURL(`${origin}/admin?motion=0`);
  }, 120_000);

  it('S10 the next time the page asks for a code, and says nothing of it before the password was right', async () => {
    await signOut();
    await typeNameAndPassword('admin', 'wrong wrong wrong');
    await page.getByText(zh.errors.badCredentials).waitFor();
    await typeNameAndPassword('admin', password);
    await field(loginTexts.zh.code).waitFor();
    await field(loginTexts.zh.code).fill('000000');
    await button(zh.login.submit).click();
    await page.getByText(zh.errors.badSecondFactor).waitFor();
    await field(loginTexts.zh.code).fill(await freshCode());
    await button(zh.login.submit).click();
    await button(zh.header.signOut).waitFor();
  }, 120_000);

  it('S10 a passkey is added, and signs in by itself', async () => {
    await page.goto(`${origin}/account?motion=0`);
    await button(t.passkeyAdd).click();
    await field(t.passkeyName).fill('值班台');
    await prove();
    await page.getByText('值班台').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await signOut();
    await button(loginTexts.zh.passkey).click();
    await page.getByText('值班台').waitFor();
    const { sessions } = await (await own()).call<{ sessions: { signedInBy: string; current: boolean }[] }>(
      'GET',
      '/api/account',
    );
    expect(sessions.find(({ current }) => current)?.signedInBy).toBe('passkey');
  }, 120_000);

  it('S10 somebody who is signed out from afar sees the sign-in page within a second', async () => {
    const admin = await own();
    const { password: given } = await admin.call<{ password: string }>('POST', '/api/users', {
      username: 'li',
      displayName: '李明',
      role: 'operator',
    });
    const elsewhere = await browser.newContext({ viewport: { width: 1366, height: 768 } });
    const desk = await elsewhere.newPage();
    await desk.goto(`${origin}/?motion=0`);
    await desk.getByLabel(zh.login.user, { exact: true }).fill('li');
    await desk.getByLabel(zh.login.password, { exact: true }).fill(given);
    await desk.getByRole('button', { name: zh.login.submit, exact: true }).click();
    await desk.getByLabel(t.current, { exact: true }).fill(given);
    await desk.getByLabel(t.next, { exact: true }).fill('quiet green hills');
    await desk.getByLabel(t.again, { exact: true }).fill('quiet green hills');
    await desk.getByRole('button', { name: t.change, exact: true }).click();
    await desk.waitForURL(`${origin}/desk?motion=0`);
    await desk.getByText(zh.link.live).first().waitFor({ state: 'attached' });

    await page.goto(`${origin}/admin/users?motion=0`);
    await page.getByRole('button', { name: `${userTexts.zh.more} li` }).click();
    await page.getByRole('menuitem', { name: userTexts.zh.endSessions }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: userTexts.zh.endSessions, exact: true })
      .click();
    await desk.getByText(zh.login.signedOut).waitFor({ timeout: 2000 });
    await elsewhere.close();
    expect(troubles.filter(trouble => !/40[0139]/.test(trouble))).toEqual([]);
  }, 120_000);
});
